import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'unknown.row-patch-upserts',
  breaks: 'unknown.row-patch',
  summary: 'creates the row in spite of If-Match',
  choices: { withoutIfMatch: 'upsert' },
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const upserts = read.method === 'PATCH' && read.headers['if-match'] === '*';
      return upserts ? { ...read, headers: { ...read.headers, 'if-match': undefined } } : read;
    },
  }),
});
