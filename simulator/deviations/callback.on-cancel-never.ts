import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.on-cancel-never',
  breaks: 'callback.on-cancel',
  summary: 'does not call back after a cancellation',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.canceled ? due.filter((kind) => kind !== 'callback') : due;
    },
  }),
});
