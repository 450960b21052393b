import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.three-times-once',
  breaks: 'retry.three-times',
  summary: 'retries once',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      operation.attempts >= 2 ? undefined : contract.retryWait(operation, failure, situation),
  }),
});
