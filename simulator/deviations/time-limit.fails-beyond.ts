import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'five-minutes': {
    summary: 'allows an attempt five minutes',
    behaviour: () => ({ attemptLimit: () => 300_000 }),
  },
  unlimited: {
    summary: 'lets an attempt run as long as it likes',
    alsoBreaks: { 'time-limit.error-code': 'what never times out has no error' },
    behaviour: () => ({ attemptLimit: () => undefined }),
  },
});
