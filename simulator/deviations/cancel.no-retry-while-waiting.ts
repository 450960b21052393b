import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  retried: {
    summary: 'makes the retry that was due although the operation was canceled in between',
    behaviour: edit('begins', (starts, operation) => operation.attempts > 0 || starts),
  },
});
