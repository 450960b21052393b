import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.message-ascii',
  breaks: 'error.message',
  summary: 'replaces what is not ASCII by question marks',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return { ...error, message: error.message.replaceAll(/[^\x20-\x7e]/gu, '?') };
    },
  }),
});
