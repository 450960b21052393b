import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.backoff-exponential-linear',
  breaks: 'retry.backoff-exponential',
  summary: 'lets its waits grow by the same step: 60, 70, 80 s',
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait(operation, failure, situation) === undefined
        ? undefined
        : 50_000 + 10_000 * operation.attempts,
  }),
});
