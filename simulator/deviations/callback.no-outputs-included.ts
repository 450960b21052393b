import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.no-outputs-included',
  breaks: 'callback.no-outputs',
  summary: 'includes the outputs in the payload',
  alsoBreaks: {
    'callback.only-documented-members': 'the payload has a member that is not documented',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return {
        ...payload,
        ...Object.fromEntries((operation.outputs ?? []).map(({ Key, Value }) => [Key, Value])),
      };
    },
  }),
});
