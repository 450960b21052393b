import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.three-times-attempts',
  breaks: 'retry.three-times',
  summary: 'counts the first attempt as one of the three',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      operation.attempts >= 3 ? undefined : contract.retryWait(operation, failure, situation),
  }),
});
