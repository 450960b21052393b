import { defineDeviation } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.outputs-on-success-cut',
  breaks: 'monitor.outputs-on-success',
  summary: 'cuts texts at 4000 characters',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return editOutputs(shown, (value) => (typeof value === 'string' ? value.slice(0, 4000) : value));
    },
  }),
});
