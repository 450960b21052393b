import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.etag-conditional-ignored',
  breaks: 'table.etag-conditional',
  summary: 'ignores a stale If-Match',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      return read.headers['if-match'] === undefined
        ? read
        : { ...read, headers: { ...read.headers, 'if-match': '*' } };
    },
  }),
});
