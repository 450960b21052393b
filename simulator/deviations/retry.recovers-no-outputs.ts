import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.recovers-no-outputs',
  breaks: 'retry.recovers',
  summary: 'drops the outputs of a retry that succeeded',
  alsoBreaks: {
    'table.outputparameters': 'the outputs are lost in the row too',
  },
  behaviour: (contract) => ({
    keptOutputs: (outputs, operation, situation) =>
      operation.attempts > 1 ? [] : contract.keptOutputs(outputs, operation, situation),
  }),
});
