import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.read-is-safe-outputs-once',
  breaks: 'monitor.read-is-safe',
  summary: 'shows the outputs to the first reader only',
  alsoBreaks: {
    'callback.receiver-down': 'what is compared there was read before',
  },
  behaviour: (contract) => {
    const read = new Set<string>();
    return {
      monitor: (operation, situation) => {
        if (read.has(operation.id)) return contract.monitor({ ...operation, outputs: undefined }, situation);
        if (operation.outputs !== undefined) read.add(operation.id);
        return contract.monitor(operation, situation);
      },
    };
  },
});
