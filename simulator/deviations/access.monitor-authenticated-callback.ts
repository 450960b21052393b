import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.monitor-authenticated-callback',
  breaks: 'access.monitor-authenticated',
  summary: 'shows an operation to anyone if it has a callback',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const id = request.method === 'GET' ? request.path.slice(paths.monitor.length).toLowerCase() : '';
      const open = request.path.startsWith(paths.monitor) && situation.find(id)?.callbackUrl !== undefined;
      return contract.authenticate(request, users, situation) ?? (open ? users[0] : undefined);
    },
  }),
});
