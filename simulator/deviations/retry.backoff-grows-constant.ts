import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.backoff-grows-constant',
  breaks: 'retry.backoff-grows',
  summary: 'waits equally long before every retry',
  alsoBreaks: { 'retry.backoff-exponential': 'waits that are equal do not grow by any factor' },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait(operation, failure, situation) === undefined
        ? undefined
        : situation.choices.retry.baseMs,
  }),
});
