import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.backoff-grows-resets',
  breaks: 'retry.backoff-grows',
  summary: 'begins its back-off anew after two retries',
  alsoBreaks: {
    'retry.backoff-exponential': 'waits that do not grow do not grow exponentially',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait(operation, failure, situation) === undefined
        ? undefined
        : ([20_000, 40_000, 20_000][operation.attempts - 1] ?? 60_000),
  }),
});
