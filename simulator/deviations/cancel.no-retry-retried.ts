import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.no-retry-retried',
  breaks: 'cancel.no-retry',
  summary: 'retries an attempt that fails although the operation was canceled',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.no-retry-while-waiting': 'the retry that was due is made as well',
  },
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait({ ...operation, canceled: false }, failure, situation),
    begins: (operation, situation) => operation.attempts > 0 || contract.begins(operation, situation),
  }),
});
