import type { OutboundRequest } from '../behaviour/delivery.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  twice: {
    summary: 'tells callback registrations of each completion twice',
    behaviour: edit('outbound', (requests, request) =>
      request.purpose === 'registration' ? [...requests, ...requests] : requests,
    ),
  },
  'no-content': {
    summary: 'tells whoever answers 204 again',
    alsoBreaks: {
      'callback.once': 'receivers of callbacks answer 204 as well',
      'event.once': 'webhooks answer 204 as well',
    },
    narrow: true,
    behaviour: edit('redeliverAfter', (wait, status, delivery) =>
      status === 204 && delivery === 1 ? 5_000 : wait,
    ),
  },
  failed: {
    summary: 'tells callback registrations of a failure twice',
    narrow: true,
    behaviour: edit('outbound', (requests, request, about) =>
      request.purpose === 'registration' && about.operation?.status === 31
        ? [...requests, ...requests]
        : requests,
    ),
  },
  beside: {
    summary: 'tells all callback registrations again where the url of one of them failed',
    narrow: true,
    behaviour: (contract) => {
      const sent = new Map<string, Map<string, OutboundRequest>>();
      return {
        outbound: (request, about) => {
          const requests = contract.outbound(request, about);
          if (request.purpose !== 'registration') return requests;
          const id = about.operation?.id ?? '';
          const all = sent.get(id) ?? new Map<string, OutboundRequest>();
          sent.set(id, all.set(request.url, request));
          const others = [...all.values()].filter(({ url }) => url !== request.url);
          return about.delivery > 1 ? [...requests, ...others] : requests;
        },
      };
    },
  },
});
