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
  retried: {
    summary: 'loses the code of the platform in retries',
    alsoBreaks: {
      'time-limit.error-code': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('reportedError', (error, _failure, o) => ({
      ...error,
      code: o.attempts > 1 ? 0 : error.code,
    })),
  },
  canceled: {
    summary: 'loses the code of the platform where the operation was canceled',
    alsoBreaks: {
      'time-limit.error-code': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('reportedError', (error, _failure, o) => ({
      ...error,
      code: o.canceled ? 0 : error.code,
    })),
  },
  moment: {
    summary: 'gives all operations that fail in the same millisecond one code',
    alsoBreaks: { 'error.other-code-zero': 'the same mistake is seen there as well' },
    narrow: true,
    behaviour: (contract) => {
      let last = { at: -1, code: 0 };
      return {
        reportedError: (failure, o, situation) => {
          const error = contract.reportedError(failure, o, situation);
          if (last.at !== situation.now) last = { at: situation.now, code: error.code };
          return { ...error, code: last.code };
        },
      };
    },
  },
  positive: {
    summary: 'shows a positive code of the platform as zero',
    narrow: true,
    behaviour: edit('reportedError', (error) => (error.code > 0 ? { ...error, code: 0 } : error)),
  },
  smallest: {
    summary: 'shows the smallest code as the greatest',
    narrow: true,
    behaviour: edit('reportedError', (error) =>
      error.code === -2_147_483_648 ? { ...error, code: 2_147_483_647 } : error,
    ),
  },
});
