import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.at-most-three-four',
  breaks: 'retry.at-most-three',
  summary: 'retries four times, as if the first attempt were no attempt',
  alsoBreaks: {
    'retry.three-times': 'four retries are not three',
    'state.legal-history': 'no life of an operation has a fifth attempt',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) => {
      const counted = { ...operation, attempts: Math.max(1, operation.attempts - 1) };
      return contract.retryWait(counted, failure, situation);
    },
  }),
});
