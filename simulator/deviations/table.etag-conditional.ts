import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'ignores a stale If-Match',
    behaviour: edit('request', (request) =>
      request.headers['if-match'] === undefined
        ? request
        : { ...request, headers: { ...request.headers, 'if-match': '*' } },
    ),
  },
});
