import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  linear: {
    summary: 'lets its waits grow by the same step: 60, 70, 80 s',
    behaviour: edit('retryWait', (wait, operation) =>
      wait === undefined ? undefined : 50_000 + 10_000 * operation.attempts,
    ),
  },
});
