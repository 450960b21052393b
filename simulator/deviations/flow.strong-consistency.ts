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
});
