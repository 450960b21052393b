import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.error-code-zero',
  breaks: 'time-limit.error-code',
  summary: 'reports a time-out with the code zero',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return failure.kind === 'time-out' ? { ...error, code: 0 } : error;
    },
  }),
});
