import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.outputparameters-object',
  breaks: 'table.outputparameters',
  summary: 'keeps the outputs as one object instead of pairs',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'outputparameters'
          ? {
              ...column,
              read: (o) =>
                o.outputs === undefined
                  ? null
                  : JSON.stringify(Object.fromEntries(o.outputs.map(({ Key, Value }) => [Key, Value]))),
            }
          : column,
      ),
  }),
});
