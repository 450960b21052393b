import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  archived: {
    summary: 'shows an operation that succeeded twelve hours ago as canceled',
    alsoBreaks: {
      'access.anonymous': 'it changes at whatever is asked meanwhile',
      'access.unprivileged-monitor': 'it changes at whatever is asked meanwhile',
      'access.unprivileged-row': 'it changes at whatever is asked meanwhile',
      'monitor.only-get-and-delete': 'it changes at whatever is asked meanwhile',
      'table.etag-conditional': 'it changes at whatever is asked meanwhile',
      'monitor.read-is-safe': 'it changes at whatever is asked meanwhile',

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
  },
  outputs: {
    summary: 'drops the outputs from the monitor an hour after the end',
    alsoBreaks: { 'callback.receiver-down': 'what is compared there was final before' },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const { endTime } = operation;
        const old = endTime !== undefined && situation.now > endTime + 3_600_000;
        return contract.monitor(old ? { ...operation, outputs: undefined } : operation, situation);
      },
    }),
  },
});
