import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  generic: {
    summary: 'replaces every code of the platform by that of aborted custom code',
    behaviour: edit('reportedError', (error, failure) =>
      error.code === 0 || failure.kind === 'time-out' ? error : { ...error, code: -2147220891 },
    ),
  },
  unsigned: {
    summary: 'shows a code of the platform as an unsigned number',
    alsoBreaks: { 'table.column-types': 'the value is out of the column’s range or of another type' },
    behaviour: edit('reportedError', (error) => ({ ...error, code: error.code >>> 0 })),
  },
  zero: {
    summary: 'shows zero for errors of the platform too',
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'platform' ? { ...error, code: 0 } : error,
    ),
  },
  smallest: {
    summary: 'shows the smallest of all codes as its positive counterpart',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      code: error.code === -2_147_483_648 ? 2_147_483_647 : error.code,
    })),
  },
  retried: {
    summary: 'loses the code of the platform in retries',
    narrow: true,
    behaviour: edit('reportedError', (error, _failure, o) => ({
      ...error,
      code: o.attempts > 1 ? 0 : error.code,
    })),
  },
  canceled: {
    summary: 'loses the code of the platform where the operation was canceled',
    narrow: true,
    behaviour: edit('reportedError', (error, _failure, o) => ({
      ...error,
      code: o.canceled ? 0 : error.code,
    })),
  },
});
