import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.each-completion-failure-only',
  breaks: 'event.each-completion',
  summary: 'raises the event after failures only',
  alsoBreaks: {
    'event.independent-of-callback': 'whether the event comes depends on more than the completion',
    'event.on-cancel': 'the event that is owed after a cancellation does not come',
  },
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.status === 30 ? due.filter((kind) => kind !== 'webhook') : due;
    },
  }),
});
