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
  second: {
    summary: 'tells each callback registration but the first twice',
    narrow: true,
    behaviour: (contract) => {
      const first = new Map<string, string>();
      return {
        outbound: (request, about) => {
          const requests = contract.outbound(request, about);
          const { operation } = about;
          if (request.purpose !== 'registration' || operation === undefined) return requests;
          if (!first.has(operation.id)) first.set(operation.id, request.url);
          return first.get(operation.id) === request.url ? requests : [...requests, ...requests];
        },
      };
    },
  },
});
