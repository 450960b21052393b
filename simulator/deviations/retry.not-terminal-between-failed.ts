import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.not-terminal-between-failed',
  breaks: 'retry.not-terminal-between',
  summary: 'shows a failed attempt as the end, and retries all the same',
  alsoBreaks: {
    'callback.codes': 'between two attempts it looks as if it had ended',
    'error.message': 'the monitor shows an end that has not come',
    'retry.three-times': 'the monitor shows an end that has not come',
    'table.error-columns': 'the monitor shows an end that has not come',
    'state.known-pairs': 'the monitor shows an end that has not come',
    'state.failed': 'the monitor shows an end that has not come',
    'state.terminal-is-final': 'the monitor shows an end that has not come',
    'event.outputs': 'the monitor shows an end that has not come',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const between =
        operation.state !== 3 && operation.attempts > 0 && !operation.executing && !operation.canceled;
      return between ? { ...shown, [members.state]: 3, [members.status]: 31 } : shown;
    },
  }),
});
