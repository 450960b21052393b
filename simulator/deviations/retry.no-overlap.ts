import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  stray: {
    summary: 'starts the first retry twice, half a second apart',
    alsoBreaks: {
      'flow.cleanup': 'two attempts at once are no life that anything else could fit',
      'state.executing': 'two attempts at once are no life that anything else could fit',
      'cancel.running-is-not-stopped': 'two attempts at once are no life that anything else could fit',
      'retry.last-error': 'two attempts at once are no life that anything else could fit',
      'table.times': 'two attempts at once are no life that anything else could fit',
      'error.other-code-zero': 'two attempts at once are no life that anything else could fit',
      'callback.not-per-attempt': 'two attempts at once are no life that anything else could fit',
      'time-limit.fails-beyond': 'two attempts at once are no life that anything else could fit',

      'state.terminal-is-final': 'a stray attempt may come after the end',
      'time-limit.per-attempt': 'an execution that belongs to no attempt is counted as one',
      'time-limit.allows-below': 'an execution that belongs to no attempt is counted as one',
      'time-limit.waiting-not-counted': 'an execution that belongs to no attempt is counted as one',
      'retry.same-operation': 'an execution that belongs to no attempt is counted as one',
      'retry.stops-on-success': 'an execution that belongs to no attempt is counted as one',
      'retry.three-times': 'an execution that belongs to no attempt is counted as one',
      'retry.at-most-three': 'an execution that belongs to no attempt is counted as one',
      'retry.backoff-exponential': 'an execution that belongs to no attempt is counted as one',
      'retry.backoff-grows': 'an execution that belongs to no attempt is counted as one',
      'retry.count': 'an execution that belongs to no attempt is counted as one',
      'cancel.race': 'an execution that belongs to no attempt is counted as one',
      'cancel.no-retry-while-waiting': 'an execution that belongs to no attempt is counted as one',
      'cancel.no-retry': 'an execution that belongs to no attempt is counted as one',
      'sdk.cancel': 'an execution that belongs to no attempt is counted as one',
    },
    behaviour: () => ({
      strayExecutions: (moment, operation) =>
        moment === 'attempt-failed' && operation.attempts === 1 ? [30_500] : [],
    }),
  },
  third: {
    summary: 'starts the third retry twice, half a second apart',
    alsoBreaks: {
      'retry.last-error': 'the same mistake is seen there as well',
      'error.other-code-zero': 'the same mistake is seen there as well',
      'table.times': 'the same mistake is seen there as well',
      'retry.at-most-three': 'the same mistake is seen there as well',
      'time-limit.allows-below': 'the same mistake is seen there as well',
      'retry.count': 'the same mistake is seen there as well',
      'state.executing': 'the same mistake is seen there as well',
      'retry.recovers': 'the same mistake is seen there as well',
      'callback.not-per-attempt': 'the same mistake is seen there as well',
      'retry.stops-on-success': 'the same mistake is seen there as well',
      'cancel.twice': 'the same mistake is seen there as well',
      'retry.backoff-grows': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('strayExecutions', (waits, moment, o) =>
      moment === 'started' && o.attempts === 4 ? [...waits, 500] : waits,
    ),
  },
});
