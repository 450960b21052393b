import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.on-success-never',
  breaks: 'callback.on-success',
  summary: 'calls back after failures only',
  alsoBreaks: {
    'event.independent-of-callback': 'whether the event comes depends on more than the completion',
    'callback.on-cancel': 'the callback that is owed after a cancellation does not come so',
    'callback.post': 'no callback comes where one is owed',
  },
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.status === 30 ? due.filter((kind) => kind !== 'callback') : due;
    },
  }),
});
