import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.known-pairs-suspended',
  breaks: 'state.known-pairs',
  summary: 'shows an operation that waits for a retry as suspended, (1,10)',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return operation.state === 0 && operation.attempts > 0
        ? { ...shown, [members.state]: 1, [members.status]: 10 }
        : shown;
    },
  }),
});
