import { defineDeviation } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.outputs-on-success-basic-plane',
  breaks: 'monitor.outputs-on-success',
  summary: 'replaces characters beyond the basic plane',
  alsoBreaks: {
    'monitor.agrees-with-row': 'the row keeps those characters',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return editOutputs(shown, (value) =>
        typeof value === 'string' ? value.replace(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD') : value,
      );
    },
  }),
});
