import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-on-failure-no-message',
  breaks: 'monitor.error-on-failure',
  summary: 'keeps the message of an error to itself',
  alsoBreaks: {
    'error.message': 'the message is not the error’s own any more',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return Object.fromEntries(Object.entries(shown).filter(([name]) => name !== members.errorMessage));
    },
  }),
});
