import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  capped: {
    summary: 'lets no wait be longer than 25 s: about 10, 23, 25 s',
    narrow: true,
    behaviour: edit('retryWait', (wait, { attempts, id }) => {
      if (wait === undefined) return undefined;
      return [10_000, 22_000 + (Number.parseInt(id.slice(0, 4), 16) % 3_000)][attempts - 1] ?? 25_000;
    }),
  },
  linear: {
    summary: 'lets its waits grow by the same step: 60, 70, 80 s',
    behaviour: edit('retryWait', (wait, operation) =>
      wait === undefined ? undefined : 50_000 + 10_000 * operation.attempts,
    ),
  },
});
