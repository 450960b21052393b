import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.unprivileged-monitor-cancels',
  breaks: 'access.unprivileged-monitor',
  summary: 'lets every user cancel through the monitor',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const user = contract.authenticate(request, users, situation);
      const open = request.method === 'DELETE' && request.path.startsWith(paths.monitor);
      return user !== undefined && open ? { ...user, privileged: true } : user;
    },
  }),
});
