import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.terminal-is-final-archived',
  breaks: 'state.terminal-is-final',
  summary: 'shows an operation that succeeded twelve hours ago as canceled',
  alsoBreaks: {
    'callback.receiver-down': 'what is compared there was final before',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const { endTime, status } = operation;
      const old = endTime !== undefined && situation.now > endTime + 43_200_000;
      return contract.monitor(old && status === 30 ? { ...operation, status: 32 } : operation, situation);
    },
  }),
});
