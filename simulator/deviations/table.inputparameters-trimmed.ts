import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.inputparameters-trimmed',
  breaks: 'table.inputparameters',
  summary: 'trims white space off inputs',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'inputparameters'
          ? {
              ...column,
              read: (o) =>
                keyValues(
                  o.inputs.map((input) => ({
                    ...input,
                    Value: typeof input.Value === 'string' ? input.Value.trim() : input.Value,
                  })),
                ),
            }
          : column,
      ),
  }),
});
