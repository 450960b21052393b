import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.on-failure-never',
  breaks: 'callback.on-failure',
  summary: 'calls back after success only',
  alsoBreaks: {
    'callback.on-cancel': 'the callback that is owed after a cancellation does not come so',
  },
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.status === 31 ? due.filter((kind) => kind !== 'callback') : due;
    },
  }),
});
