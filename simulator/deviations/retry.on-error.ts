import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'never retries',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'retry.three-times': 'the number of retries is another one',
    },
    behaviour: () => ({ retryWait: () => undefined }),
  },
  'only-platform': {
    summary: 'retries errors of the platform only',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'retry.three-times': 'the number of retries is another one',
    },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        failure.kind === 'other' ? undefined : contract.retryWait(operation, failure, situation),
    }),
  },
});
