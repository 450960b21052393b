import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.not-per-attempt-each',
  breaks: 'callback.not-per-attempt',
  summary: 'calls back after every attempt',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return moment === 'attempt-failed' && operation.state !== 3 && operation.callbackUrl !== undefined
        ? ['callback']
        : due;
    },
  }),
});
