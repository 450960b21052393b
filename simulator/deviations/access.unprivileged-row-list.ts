import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.unprivileged-row-list',
  breaks: 'access.unprivileged-row',
  summary: 'asks for the privilege on a row, but not on the list of them',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const user = contract.authenticate(request, users, situation);
      const open = request.method === 'GET' && request.path.endsWith(`/${table.set}`);
      return user !== undefined && open ? { ...user, privileged: true } : user;
    },
  }),
});
