import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.three-times-once',
  breaks: 'retry.three-times',
  summary: 'retries once',
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      operation.attempts >= 2 ? undefined : contract.retryWait(operation, failure, situation),
  }),
});
