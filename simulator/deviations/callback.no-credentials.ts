import type { OutboundRequest } from '../behaviour/delivery.ts';
import { edit, editSent } from '../decision-edits.ts';
import { callAgainAfter, isRedirection } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  bearer: {
    summary: 'sends a bearer token along with the callback',
    behaviour: editSent('callback', (one) => ({
      ...one,
      headers: [...one.headers, ['Authorization', 'Bearer platform-token'] as const],
    })),
  },
  key: {
    summary: 'sends a function key along with the callback',
    behaviour: editSent('callback', (one) => ({
      ...one,
      headers: [...one.headers, ['x-functions-key', 'platform-key'] as const],
    })),
  },
  user: {
    summary: 'sends the user part of the URL as credentials',
    behaviour: editSent('callback', (one) => {
      const url = new URL(one.url);
      if (url.username === '') return one;
      const credentials = btoa(`${url.username}:${url.password}`);
      return {
        ...one,
        url: one.url.replace(/\/\/[^/@]*@/, '//'),
        headers: [...one.headers, ['Authorization', `Basic ${credentials}`] as const],
      };
    }),
  },
  cookie: {
    summary: 'sends a cookie with the second callback to a host',
    narrow: true,
    behaviour: (contract) => {
      const known = new Set<string>();
      return {
        outbound: (request, about) =>
          contract.outbound(request, about).map((one) => {
            if (one.purpose !== 'callback') return one;
            const { host } = new URL(one.url);
            const again = known.has(host);
            known.add(host);
            return again ? { ...one, headers: [...one.headers, ['Cookie', 'session=1'] as const] } : one;
          }),
      };
    },
  },
  failed: {
    summary: 'sends a bearer token with the callback after a failure',
    narrow: true,
    behaviour: editSent('callback', (one, about) =>
      about.operation?.status === 31
        ? { ...one, headers: [...one.headers, ['Authorization', 'Bearer eyJ0'] as const] }
        : one,
    ),
  },
  code: {
    summary: 'sends what stands as code in the query as a function key',
    narrow: true,
    behaviour: editSent('callback', (one) => {
      const code = new URL(one.url).searchParams.get('code') ?? new URL(one.url).searchParams.get('sig');
      return code === null
        ? one
        : { ...one, headers: [...one.headers, ['x-functions-key', encodeURIComponent(code)] as const] };
    }),
  },
  other: {
    summary: 'sends the token of a cancellation along with the callback',
    narrow: true,
    behaviour: editSent('callback', (one, about) =>
      about.operation?.canceled === true
        ? { ...one, headers: [...one.headers, ['Authorization', 'Bearer eyJ0'] as const] }
        : one,
    ),
  },
  challenged: {
    summary: 'sends a bearer token to a receiver that answered 401',
    narrow: true,
    behaviour: callAgainAfter(
      (status) => status === 401,
      (one) => ({
        ...one,
        headers: [...one.headers, ['Authorization', 'Bearer platform-token'] as const],
      }),
    ),
  },
  redirected: {
    summary: 'calls again with the receiver’s cookie where it was redirected',
    narrow: true,
    behaviour: callAgainAfter(isRedirection, (one) => ({
      ...one,
      headers: [...one.headers, ['Cookie', 'bgop-receiver=1']],
    })),
  },
  webhook: {
    summary: 'sends the headers of the webhook that was called last along with the callback',
    narrow: true,
    behaviour: (contract) => {
      let own: OutboundRequest['headers'] = [];
      return edit('outbound', (requests, { purpose, headers }) => {
        if (purpose === 'webhook')
          own = headers.filter(([name]) => !/^(?:content-type|x-ms-|x-bgop-)/i.test(name));
        return requests.map((one) =>
          one.purpose === 'callback' ? { ...one, headers: [...one.headers, ...own] } : one,
        );
      })(contract);
    },
  },
  redelivered: {
    summary: 'sends a bearer token when it delivers again',
    narrow: true,
    behaviour: editSent('callback', (sent, about) =>
      about.delivery > 1 ? { ...sent, headers: [...sent.headers, ['Authorization', 'Bearer secret']] } : sent,
    ),
  },
});
