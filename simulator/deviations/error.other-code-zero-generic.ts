import { defineDeviation } from '../deviation.ts';

const isvAborted = -2147220891;

export default defineDeviation({
  name: 'error.other-code-zero-generic',
  breaks: 'error.other-code-zero',
  summary: 'gives an error of the plug-in the platform code for aborted plug-ins',
  behaviour: (contract) => ({
    reportedError: (failure, operation, situation) => {
      const reported = contract.reportedError(failure, operation, situation);
      return failure.kind === 'other' ? { ...reported, code: isvAborted } : reported;
    },
  }),
});
