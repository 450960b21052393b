import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.no-outputs-list',
  breaks: 'callback.no-outputs',
  summary: 'includes the list of outputs in the payload',
  alsoBreaks: {
    'callback.only-documented-members': 'the payload has a member that is not documented',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return operation.outputs === undefined
        ? payload
        : { ...payload, outputParameters: operation.outputs.map(({ Key, Value }) => ({ Key, Value })) };
    },
  }),
});
