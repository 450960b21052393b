import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.other-code-zero-one',
  breaks: 'error.other-code-zero',
  summary: 'shows -1 for errors that are not the platform’s',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return failure.kind === 'other' ? { ...error, code: -1 } : error;
    },
  }),
});
