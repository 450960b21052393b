import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.at-most-three-unbounded',
  breaks: 'retry.at-most-three',
  summary: 'retries nine times',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'retry.three-times': 'the number of retries is another one',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      operation.canceled || operation.attempts > 9
        ? undefined
        : (contract.retryWait(
            { ...operation, attempts: Math.min(operation.attempts, 3) },
            failure,
            situation,
          ) ?? 1_000) *
          2 ** operation.attempts,
  }),
});
