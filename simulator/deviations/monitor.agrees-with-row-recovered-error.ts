import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.agrees-with-row-recovered-error',
  breaks: 'monitor.agrees-with-row',
  summary: 'keeps the error of a recovered operation in the monitor and clears it in the row',
  choices: { errorAfterRecovery: true },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) => {
        if (column.name !== 'errorcode' && column.name !== 'errormessage') return column;
        return { ...column, read: (row) => (row.status === 30 ? null : column.read(row)) };
      }),
  }),
});
