import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.unprivileged-monitor-reads',
  breaks: 'access.unprivileged-monitor',
  summary: 'lets every user read a monitor',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const user = contract.authenticate(request, users, situation);
      const open = request.method === 'GET' && request.path.startsWith(paths.monitor);
      return user !== undefined && open ? { ...user, privileged: true } : user;
    },
  }),
});
