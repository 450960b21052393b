import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.not-terminal-between-failed',
  breaks: 'retry.not-terminal-between',
  summary: 'shows a failed attempt as the end, and retries all the same',
  alsoBreaks: {
    'error.message': 'the message is not the error’s own any more',
    'table.times': 'the three times are not in their order',
    'table.error-columns': 'the error columns do not show what the reference says',
    'retry.three-times': 'the number of retries is another one',
    'retry.on-error': 'there is no further attempt',
    'monitor.error-on-failure': 'the error is not shown as documented',
    'event.each-completion': 'the event does not come after every completion',
    'callback.on-failure': 'the callback that is owed after the failure does not come so',
    'callback.on-success': 'the callback that is owed after success does not come so',
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
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
