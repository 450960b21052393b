import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  retried: {
    summary: 'makes the retry that was due although the operation was canceled in between',
    behaviour: edit('begins', (starts, operation) => operation.attempts > 0 || starts),
  },
  third: {
    summary: 'makes the last retry although the operation was canceled before it',
    narrow: true,
    behaviour: edit('begins', (begins, o) => begins || o.attempts === 3),
  },
});
