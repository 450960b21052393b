import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.no-overlap-stray',
  breaks: 'retry.no-overlap',
  summary: 'starts the first retry twice, half a second apart',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: () => ({
    strayExecutions: (moment, operation) =>
      moment === 'attempt-failed' && operation.attempts === 1 ? [30_500] : [],
  }),
});
