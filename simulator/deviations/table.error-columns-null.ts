import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.error-columns-null',
  breaks: 'table.error-columns',
  summary: 'leaves the error columns empty after a failure',
  alsoBreaks: {
    'retry.last-error': 'the message at the end is not that of the last error',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'errorcode' || column.name === 'errormessage'
            ? { ...column, read: () => null }
            : column,
        ),
  }),
});
