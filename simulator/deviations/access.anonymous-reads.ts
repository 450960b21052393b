import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.anonymous-reads',
  breaks: 'access.anonymous',
  summary: 'lets anyone read the table',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const reads = request.method === 'GET' && request.path.includes(`/${table.set}`);
      return contract.authenticate(request, users, situation) ?? (reads ? users[0] : undefined);
    },
  }),
});
