import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.inputparameters-truncated',
  breaks: 'table.inputparameters',
  summary: 'cuts long inputs',
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
                    Value: typeof input.Value === 'string' ? input.Value.slice(0, 4_000) : input.Value,
                  })),
                ),
            }
          : column,
      ),
  }),
});
