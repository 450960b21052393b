import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.no-starttime-before-start-created',
  breaks: 'table.no-starttime-before-start',
  summary: 'sets starttime when the operation is accepted',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'starttime'
            ? { ...column, show: (o) => column.show?.(o) ?? new Date(o.createdOn).toISOString() }
            : column,
        ),
  }),
});
