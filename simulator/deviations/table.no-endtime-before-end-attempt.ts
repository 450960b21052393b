import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.no-endtime-before-end-attempt',
  breaks: 'table.no-endtime-before-end',
  summary: 'sets endtime while the operation still runs',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'endtime'
          ? {
              ...column,
              show: (o) =>
                o.startTime === undefined
                  ? null
                  : (column.show?.(o) ?? new Date(o.startTime + 120_000).toISOString()),
            }
          : column,
      ),
  }),
});
