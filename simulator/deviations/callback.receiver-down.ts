import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  fails: {
    summary: 'shows an operation as failed when its callback could not be delivered',
    alsoBreaks: {
      'state.canceled': 'what was canceled is shown as failed',
      'state.succeeded': 'what succeeded is shown as failed',
      'retry.recovers': 'what recovered is shown as failed',
      'callback.codes': 'the callback had told of the right end',
      'event.outputs': 'the event had told of the right end',

      'state.terminal-is-final': 'reads show success first, and failure once the delivery was given up',
    },
    behaviour: (contract) => {
      const down = new Set<string>();
      return {
        redeliverAfter: (status, delivery, operation, situation) => {
          if (status === undefined || status >= 300) down.add(operation.id);
          return contract.redeliverAfter(status, delivery, operation, situation);
        },
        monitor: (operation, situation) =>
          contract.monitor(
            down.has(operation.id) ? { ...operation, status: 31, outputs: undefined } : operation,
            situation,
          ),
      };
    },
  },
});
