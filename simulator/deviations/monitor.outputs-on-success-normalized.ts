import { defineDeviation } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.outputs-on-success-normalized',
  breaks: 'monitor.outputs-on-success',
  summary: 'composes letters with their accents',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return editOutputs(shown, (value) => (typeof value === 'string' ? value.normalize('NFC') : value));
    },
  }),
});
