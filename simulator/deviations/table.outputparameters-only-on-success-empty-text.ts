import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.outputparameters-only-on-success-empty-text',
  breaks: 'table.outputparameters-only-on-success',
  summary: 'shows an output without a value where there is none',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'outputparameters'
          ? {
              ...column,
              read: (o) =>
                o.outputs === undefined
                  ? keyValues([{ Key: 'Text', Value: null, type: 'String' }])
                  : column.read(o),
            }
          : column,
      ),
  }),
});
