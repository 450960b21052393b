import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.unprivileged-row-reads',
  breaks: 'access.unprivileged-row',
  summary: 'lets every user read the table',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const user = contract.authenticate(request, users, situation);
      const open = request.method === 'GET' && request.path.includes(`/${table.set}`);
      return user !== undefined && open ? { ...user, privileged: true } : user;
    },
  }),
});
