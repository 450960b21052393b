import { edit, isBeside } from '../decision-edits.ts';
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
  retry: {
    summary: 'limits the first attempt only',
    narrow: true,
    behaviour: edit('attemptLimit', (limit, o) => ((o?.attempts ?? 0) > 1 ? undefined : limit)),
  },
  canceled: {
    summary: 'lifts the limit of an attempt that was canceled meanwhile',
    narrow: true,
    behaviour: edit('attemptLimit', (limit, o) => (o?.canceled === true ? undefined : limit)),
  },
  beside: {
    summary: 'limits an attempt only where no other operation is executed as it begins',
    narrow: true,
    behaviour: edit('attemptLimit', (limit, o, situation) =>
      o !== undefined && isBeside(o, situation) ? undefined : limit,
    ),
  },
  callback: {
    summary: 'lifts the limit where a callback was asked for',
    narrow: true,
    behaviour: edit('attemptLimit', (limit, o) => (o?.callbackUrl === undefined ? limit : 600_000)),
  },
  'other-user': {
    summary: 'limits the attempts of its first user only',
    narrow: true,
    behaviour: (contract) => {
      let first: string | undefined;
      return {
        attemptLimit: (o, situation) => {
          first ??= o?.runAs;
          return o !== undefined && o.runAs !== first ? undefined : contract.attemptLimit(o, situation);
        },
      };
    },
  },
});
