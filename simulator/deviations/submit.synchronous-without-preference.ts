import { headers } from '../../contract/vocabulary.ts';
import type { OutboundRequest } from '../behaviour/delivery.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, withHeader, withoutHeader } from '../edit.ts';

export default defineDeviations({
  always: {
    summary: 'runs every custom API in the background, asked or not',
    behaviour: edit('preferences', (read) => ({ ...read, respondAsync: true })),
  },
  any: {
    summary: 'takes any preference at all for respond-async',
    alsoBreaks: {
      'prefer.unknown-ignored': 'an unknown preference is a preference too',
      'prefer.callback-alone': 'odata.callback is a preference too',
    },
    behaviour: edit('preferences', (read, request) => ({ ...read, respondAsync: request.prefer.length > 0 })),
  },
  event: {
    summary: 'raises the event for a synchronous call too',
    narrow: true,
    behaviour: (contract) => {
      let last: { readonly request: OutboundRequest; readonly id: string } | undefined;
      return {
        outbound: (request, about) => {
          const sent = contract.outbound(request, about);
          const id = about.operation?.id;
          if (request.purpose === 'webhook' && id !== undefined) last = { request, id };
          if (request.purpose !== 'probe' || id !== undefined || last === undefined) return sent;
          const body = last.request.body.replaceAll(last.id, crypto.randomUUID());
          return [...sent, { ...last.request, body }];
        },
      };
    },
  },
  failing: {
    summary: 'gives the error of a synchronous call an operation’s id',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'synchronous' || answer.status < 400) return answer;
      return withHeader(answer, headers.operationId, crypto.randomUUID());
    }),
  },
  'wait-zero': {
    summary: 'takes the wish to wait for no time at all for respond-async',
    behaviour: edit('preferences', (read, request) => ({
      ...read,
      respondAsync: read.respondAsync || request.prefer.some((field) => /(?:^|,)\s*wait=0/.test(field)),
    })),
  },
  'id-header': {
    summary: 'gives a synchronous answer an operation’s id as well',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'synchronous') return answer;
      return withHeader(answer, headers.operationId, crypto.randomUUID());
    }),
  },
  'falsy-outputs': {
    summary: 'leaves 0, false and empty texts out of a synchronous answer',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'synchronous' && answer.status === 200
        ? editJson(answer, (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value)))
        : answer,
    ),
  },
  'no-outputs': {
    summary: 'answers a synchronous call with 204 and without the outputs',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'synchronous' && answer.status === 200
        ? { ...withoutHeader(answer, 'Content-Type'), status: 204, body: undefined }
        : answer,
    ),
  },
});
