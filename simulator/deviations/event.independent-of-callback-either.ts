import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.independent-of-callback-either',
  breaks: 'event.independent-of-callback',
  summary: 'raises no event where a callback was asked for',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.callbackUrl === undefined ? due : due.filter((kind) => kind !== 'webhook');
    },
  }),
});
