import { paths } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  callback: {
    summary: 'shows an operation to anyone if it has a callback',
    alsoBreaks: { 'access.anonymous': 'the monitor is read without a token' },
    behaviour: edit('authenticate', (user, request, users, situation) => {
      const id = request.method === 'GET' ? request.path.slice(paths.monitor.length).toLowerCase() : '';
      const open = request.path.startsWith(paths.monitor) && situation.find(id)?.callbackUrl !== undefined;
      return user ?? (open ? users[0] : undefined);
    }),
  },
  finished: {
    summary: 'shows a finished operation to anyone who knows its id',
    alsoBreaks: {
      'access.anonymous': 'the monitor is read without a token',
    },
    behaviour: edit('authenticate', (user, request, users, situation) => {
      const id = request.method === 'GET' ? request.path.slice(paths.monitor.length).toLowerCase() : '';
      const finished = request.path.startsWith(paths.monitor) && situation.find(id)?.state === 3;
      return user ?? (finished ? users[0] : undefined);
    }),
  },
});
