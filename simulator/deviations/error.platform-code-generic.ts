import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.platform-code-generic',
  breaks: 'error.platform-code',
  summary: 'replaces every code of the platform by that of aborted custom code',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const error = contract.reportedError(failure, operation, situation);
      return error.code === 0 || failure.kind === 'time-out' ? error : { ...error, code: -2147220891 };
    },
  }),
});
