import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.no-retry-while-waiting-retried',
  breaks: 'cancel.no-retry-while-waiting',
  summary: 'makes the retry that was due although the operation was canceled in between',
  behaviour: (contract) => ({
    begins: (operation, situation) => operation.attempts > 0 || contract.begins(operation, situation),
  }),
});
