import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.outputs-only-on-success-canceled',
  breaks: 'monitor.outputs-only-on-success',
  summary: 'shows the outputs of an attempt although the operation ended as canceled',
  alsoBreaks: {
    'table.outputparameters-only-on-success': 'the row has them too',
  },
  choices: { canceledButSucceeded: 'canceled' },
  behaviour: (contract) => ({
    afterStep: (after, before, command, situation) => {
      const kept = contract.afterStep(after, before, command, situation);
      return command.kind === 'succeed' ? { ...kept, outputs: command.outputs } : kept;
    },
  }),
});
