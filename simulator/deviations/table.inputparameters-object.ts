import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.inputparameters-object',
  breaks: 'table.inputparameters',
  summary: 'keeps the inputs as one object instead of pairs',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'inputparameters'
          ? {
              ...column,
              read: (o) => JSON.stringify(Object.fromEntries(o.inputs.map(({ Key, Value }) => [Key, Value]))),
            }
          : column,
      ),
  }),
});
