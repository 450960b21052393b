import { edit, isBeside } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'hundred-seconds': {
    summary: 'ends an attempt after 100 s',
    behaviour: () => ({ attemptLimit: () => 100_000 }),
  },
  retry: {
    summary: 'ends a retry after 100 s',
    alsoBreaks: { 'time-limit.waiting-not-counted': 'the last attempt, which takes 1:50, is a retry there' },
    behaviour: edit('attemptLimit', (limit, operation) => ((operation?.attempts ?? 0) > 1 ? 100_000 : limit)),
  },
  shared: {
    summary: 'counts the time of attempts that run at once from when the first of them began',
    narrow: true,
    behaviour: (contract) => {
      let until = 0;
      return {
        attemptLimit: (o, situation) => {
          const limit = contract.attemptLimit(o, situation);
          if (o === undefined || limit === undefined) return limit;
          if (!isBeside(o, situation)) until = situation.now + limit;
          return until - situation.now;
        },
      };
    },
  },
  third: {
    summary: 'ends a third attempt after 100 s',
    narrow: true,
    behaviour: edit('attemptLimit', (limit, o) => (o?.attempts === 3 ? 100_000 : limit)),
  },
});
