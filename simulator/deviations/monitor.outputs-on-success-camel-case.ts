import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.outputs-on-success-camel-case',
  breaks: 'monitor.outputs-on-success',
  summary: 'begins the names of outputs in lower case',
  alsoBreaks: {
    'retry.recovers': 'the outcome of the retry is lost',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return Object.fromEntries(
        Object.entries(shown).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      );
    },
  }),
});
