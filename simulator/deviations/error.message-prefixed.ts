import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.message-prefixed',
  breaks: 'error.message',
  summary: 'puts words of its own before the message',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return { ...error, message: `An error occurred: ${error.message}` };
    },
  }),
});
