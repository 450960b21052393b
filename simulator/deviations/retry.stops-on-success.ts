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
});
