import { defineDeviation } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.output-types-strings',
  breaks: 'monitor.output-types',
  summary: 'shows numbers and booleans as text',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return editOutputs(shown, (value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    },
  }),
});
