import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.no-retry-retried',
  breaks: 'cancel.no-retry',
  summary: 'retries an attempt that fails although the operation was canceled',
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      contract.retryWait({ ...operation, canceled: false }, failure, situation),
    begins: (operation, situation) => operation.attempts > 0 || contract.begins(operation, situation),
  }),
});
