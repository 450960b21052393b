import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  zero: {
    summary: 'reports a time-out with the code zero',
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'time-out' ? { ...error, code: 0 } : error,
    ),
  },
  retry: {
    summary: 'reports a time-out in a retry with the code zero',
    narrow: true,
    behaviour: edit('reportedError', (error, failure, o) =>
      failure.kind === 'time-out' && o.attempts > 1 ? { ...error, code: 0 } : error,
    ),
  },
  'no-message': {
    summary: 'gives a time-out an empty message',
    narrow: true,
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'time-out' ? { ...error, message: '' } : error,
    ),
  },
});
