import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.independent-of-callback-only',
  breaks: 'event.independent-of-callback',
  summary: 'raises the event only where a callback was asked for',
  alsoBreaks: {
    'event.on-cancel': 'the event that is owed after a cancellation does not come',
    'event.each-completion': 'the event does not come after every completion',
  },
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.callbackUrl === undefined ? due.filter((kind) => kind !== 'webhook') : due;
    },
  }),
});
