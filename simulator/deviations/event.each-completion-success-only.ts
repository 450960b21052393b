import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.each-completion-success-only',
  breaks: 'event.each-completion',
  summary: 'raises the event after success only',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return operation.status === 31 ? due.filter((kind) => kind !== 'webhook') : due;
    },
  }),
});
