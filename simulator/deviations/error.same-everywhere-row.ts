import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.same-everywhere-row',
  breaks: 'error.same-everywhere',
  summary: 'shows another code in the row: the lower sixteen bits',
  alsoBreaks: {
    'monitor.agrees-with-row': 'monitor and row differ by it',
    'error.platform-code': 'the code in the row is not the error’s own',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'errorcode'
            ? { ...column, read: (o) => (o.errorCode === undefined ? null : o.errorCode & 0xffff) }
            : column,
        ),
  }),
});
