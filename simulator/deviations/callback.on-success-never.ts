import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.on-success-never',
  breaks: 'callback.on-success',
  summary: 'calls back after failures only',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.status === 30 ? due.filter((kind) => kind !== 'callback') : due;
    },
  }),
});
