import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.on-error-only-platform',
  breaks: 'retry.on-error',
  summary: 'retries errors of the platform only',
  behaviour: (contract) => ({
    retryWait: (operation, failure, situation) =>
      failure.kind === 'other' ? undefined : contract.retryWait(operation, failure, situation),
  }),
});
