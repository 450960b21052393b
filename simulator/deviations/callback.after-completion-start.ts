import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.after-completion-start',
  breaks: 'callback.after-completion',
  summary: 'calls back when the first attempt starts',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return moment === 'started' && operation.attempts <= 1 && operation.callbackUrl !== undefined
        ? ['callback']
        : due.filter((kind) => kind !== 'callback');
    },
  }),
});
