import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const hours = 3_600_000;

export default defineDeviations({
  again: {
    summary: 'executes an operation that was retried once more, hours after an attempt of it succeeded',
    alsoBreaks: {
      'state.failed': 'what is shown is not what the last attempt came to',
      'state.terminal-is-final': 'there is an attempt after the end',
    },
    behaviour: () => ({
      strayExecutions: (moment, { status, attempts }) =>
        moment === 'completed' && status === 30 && attempts > 1 ? [12 * hours] : [],
    }),
  },
  recovered: {
    summary: 'executes an operation again an hour after it recovered',
    alsoBreaks: {
      'state.failed': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('strayExecutions', (waits, moment, o) =>
      moment === 'completed' && o.status === 30 && o.retryCount > 0 ? [...waits, 3_600_000] : waits,
    ),
  },
  canceled: {
    summary: 'executes an operation again, an hour later, whose canceled retry succeeded',
    alsoBreaks: {
      'state.failed': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('strayExecutions', (waits, moment, o) =>
      moment === 'completed' && o.canceled && o.status === 30 && o.attempts > 1
        ? [...waits, 3_600_000]
        : waits,
    ),
  },
});
