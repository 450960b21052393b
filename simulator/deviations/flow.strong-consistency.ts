import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  refused: {
    summary: 'refuses a header that it does not know',
    behaviour: edit('request', (request) =>
      request.headers.consistency === undefined || request.method !== 'POST'
        ? request
        : { ...request, body: '"Consistency"' },
    ),
  },
  synchronous: {
    summary: 'executes at once whatever is to be strongly consistent',
    behaviour: edit('preferences', (read, request) =>
      request.headers.consistency === undefined
        ? read
        : { ...read, respondAsync: false, callbackUrl: undefined },
    ),
  },
  'callback-lost': {
    summary: 'calls nobody back where consistency is to be strong',
    narrow: true,
    behaviour: edit('preferences', (read, request) =>
      request.headers.consistency === undefined ? read : { ...read, callbackUrl: undefined },
    ),
  },
  retried: {
    summary: 'retries nothing that is to be strongly consistent',
    narrow: true,
    behaviour: (contract) => {
      const strong = new Set<string>();
      let now = false;
      return {
        request: (request, situation) => {
          now = request.headers.consistency !== undefined;
          return contract.request(request, situation);
        },
        accepted: (o, situation) => {
          if (now) strong.add(o.id);
          return contract.accepted(o, situation);
        },
        retryWait: (o, failure, situation) =>
          strong.has(o.id) ? undefined : contract.retryWait(o, failure, situation),
      };
    },
  },
});
