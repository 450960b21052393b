import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.message-hidden',
  breaks: 'error.message',
  summary: 'hides the message of custom code',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return failure.kind === 'other'
        ? { ...error, message: 'An unexpected error occurred from ISV code.' }
        : error;
    },
  }),
});
