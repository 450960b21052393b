import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.waiting-accepted-later',
  breaks: 'state.waiting',
  summary: 'shows an accepted operation as in progress as soon as its monitor was read once',
  behaviour: (contract) => {
    const read = new Set<string>();
    return {
      monitor: (operation, situation) => {
        const shown = contract.monitor(operation, situation);
        if (operation.state !== 0 || operation.attempts > 0 || !read.has(operation.id)) {
          read.add(operation.id);
          return shown;
        }
        return { ...shown, [members.state]: 2, [members.status]: 20 };
      },
    };
  },
});
