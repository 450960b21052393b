import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.terminal-is-final-outputs',
  breaks: 'state.terminal-is-final',
  summary: 'drops the outputs from the monitor an hour after the end',
  alsoBreaks: {
    'callback.receiver-down': 'what is compared there was final before',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const { endTime } = operation;
      const old = endTime !== undefined && situation.now > endTime + 3_600_000;
      return contract.monitor(old ? { ...operation, outputs: undefined } : operation, situation);
    },
  }),
});
