import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.allows-below-retry',
  breaks: 'time-limit.allows-below',
  summary: 'ends a retry after 100 s',
  alsoBreaks: {
    'time-limit.waiting-not-counted': 'the last attempt, which takes 1:50, is a retry there',
  },
  behaviour: (contract) => ({
    attemptLimit: (operation, situation) =>
      (operation?.attempts ?? 0) > 1 ? 100_000 : contract.attemptLimit(operation, situation),
  }),
});
