import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.message-hidden',
  breaks: 'error.message',
  summary: 'hides the message of custom code',
  alsoBreaks: {
    'retry.last-error': 'the message at the end is not that of the last error',
  },
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return failure.kind === 'other'
        ? { ...error, message: 'An unexpected error occurred from ISV code.' }
        : error;
    },
  }),
});
