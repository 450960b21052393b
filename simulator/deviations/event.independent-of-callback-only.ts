import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.independent-of-callback-only',
  breaks: 'event.independent-of-callback',
  summary: 'raises the event only where a callback was asked for',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.callbackUrl === undefined ? due.filter((kind) => kind !== 'webhook') : due;
    },
  }),
});
