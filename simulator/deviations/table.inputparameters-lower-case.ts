import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.inputparameters-lower-case',
  breaks: 'table.inputparameters',
  summary: 'writes key and value in lower case',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'inputparameters'
          ? {
              ...column,
              read: (o) => JSON.stringify(o.inputs.map(({ Key, Value }) => ({ key: Key, value: Value }))),
            }
          : column,
      ),
  }),
});
