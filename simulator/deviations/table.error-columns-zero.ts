import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.error-columns-zero',
  breaks: 'table.error-columns',
  summary: 'shows the code zero and an empty message where there was no error',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'monitor.agrees-with-row': 'monitor and row differ by it',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'errorcode'
            ? { ...column, read: (o) => o.errorCode ?? 0 }
            : column.name === 'errormessage'
              ? { ...column, read: (o) => o.errorMessage ?? '' }
              : column,
        ),
  }),
});
