import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.agrees-with-row-message-cut',
  breaks: 'monitor.agrees-with-row',
  summary: 'cuts the error message in the monitor at its first line',
  alsoBreaks: {
    'error.message': 'the monitor’s message is not the whole',
    'error.same-everywhere': 'the other resources have the whole message',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const message = operation.errorMessage?.split(/[.\n]/, 1)[0];
      return message === undefined ? shown : { ...shown, [members.errorMessage]: message };
    },
  }),
});
