import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.platform-code-unsigned',
  breaks: 'error.platform-code',
  summary: 'shows a code of the platform as an unsigned number',
  alsoBreaks: {
    'table.column-types': 'the value is out of the column’s range or of another type',
  },
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return { ...error, code: error.code >>> 0 };
    },
  }),
});
