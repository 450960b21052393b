import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-is-not-stopped-terminal',
  breaks: 'cancel.running-is-not-stopped',
  summary: 'shows a canceled operation as canceled at once, while its attempt still runs',
  alsoBreaks: {
    'state.terminal-is-final': 'what was final changes by it',
    'event.outputs': 'the codes in the context are not those of the end',
    'cancel.ways-are-equal': 'the two ways end differently by it',
    'cancel.terminal-refused-patch': 'the operation shows an end that it has not reached',
    'cancel.terminal-changes-nothing': 'what an operation shows at its end is not its end',
    'cancel.terminal-refused-delete': 'the operation shows an end that it has not reached',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) =>
      contract.monitor(
        operation.canceled && operation.executing ? { ...operation, state: 3, status: 32 } : operation,
        situation,
      ),
  }),
});
