import { defineDeviation } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.outputs-on-success-escaped',
  breaks: 'monitor.outputs-on-success',
  summary: 'escapes texts as if they stood in markup',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return editOutputs(shown, (value) =>
        typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : value,
      );
    },
  }),
});
