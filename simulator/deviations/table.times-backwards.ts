import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.times-backwards',
  breaks: 'table.times',
  summary: 'sets endtime a minute too early',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'endtime'
          ? {
              ...column,
              show: (o) => (o.endTime === undefined ? null : new Date(o.endTime - 60_000).toISOString()),
            }
          : column,
      ),
  }),
});
