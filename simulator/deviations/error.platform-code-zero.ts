import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.platform-code-zero',
  breaks: 'error.platform-code',
  summary: 'shows zero for errors of the platform too',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return failure.kind === 'platform' ? { ...error, code: 0 } : error;
    },
  }),
});
