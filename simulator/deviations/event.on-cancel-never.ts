import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.on-cancel-never',
  breaks: 'event.on-cancel',
  summary: 'raises no event after a cancellation',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.canceled ? due.filter((kind) => kind !== 'webhook') : due;
    },
  }),
});
