import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.backoff-grows-shrinking',
  breaks: 'retry.backoff-grows',
  summary: 'halves its waits instead of doubling them',
  alsoBreaks: {
    'retry.backoff-exponential': 'waits that do not grow do not grow exponentially',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait(operation, failure, situation) === undefined
        ? undefined
        : ([60_000, 30_000, 15_000][operation.attempts - 1] ?? 60_000),
  }),
});
