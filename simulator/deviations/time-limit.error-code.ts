import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  zero: {
    summary: 'reports a time-out with the code zero',
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'time-out' ? { ...error, code: 0 } : error,
    ),
  },
});
