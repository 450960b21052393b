import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  attempts: {
    summary: 'counts the first attempt as one of the three',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        operation.attempts >= 3 ? undefined : contract.retryWait(operation, failure, situation),
    }),
  },
  once: {
    summary: 'retries once',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        operation.attempts >= 2 ? undefined : contract.retryWait(operation, failure, situation),
    }),
  },
});
