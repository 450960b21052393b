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
  cancellation: {
    summary: 'gives the row no new etag for a cancellation',
    narrow: true,
    behaviour: (contract) => ({
      etag: (o) => contract.etag(o.canceled && o.state !== 3 ? { ...o, version: o.version - 1 } : o),
    }),
  },
});
