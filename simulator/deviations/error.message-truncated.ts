import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.message-truncated',
  breaks: 'error.message',
  summary: 'cuts messages at 100 characters',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return { ...error, message: error.message.slice(0, 100) };
    },
  }),
});
