import { edit } from '../decision-edits.ts';
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
  long: {
    summary: 'gives up where the message of an error is longer than 1,000 characters',
    alsoBreaks: {
      'retry.on-error': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('retryWait', (wait, _o, failure) => (failure.message.length > 1_000 ? undefined : wait)),
  },
  same: {
    summary: 'gives up when the same error comes for the third time',
    narrow: true,
    behaviour: (contract) => {
      const last = new Map<string, { message: string; times: number }>();
      return {
        retryWait: (o, failure, situation) => {
          const before = last.get(o.id);
          const times = before?.message === failure.message ? before.times + 1 : 1;
          last.set(o.id, { message: failure.message, times });
          return times > 2 ? undefined : contract.retryWait(o, failure, situation);
        },
      };
    },
  },
  busy: {
    summary: 'gives up where more than five operations fail in the same millisecond',
    alsoBreaks: {
      'retry.on-error': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      let last = { at: -1, count: 0 };
      return {
        retryWait: (o, failure, situation) => {
          last =
            last.at === situation.now ? { ...last, count: last.count + 1 } : { at: situation.now, count: 1 };
          return last.count > 5 && o.attempts > 1 ? undefined : contract.retryWait(o, failure, situation);
        },
      };
    },
  },
  budget: {
    summary: 'gives up where the attempts took more than two minutes together',
    alsoBreaks: {
      'retry.on-error': 'an error of its own after a time-out is not followed by another attempt',
    },
    narrow: true,
    behaviour: (contract) => {
      const spent = new Map<string, number>();
      const began = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'start') began.set(after.id, situation.now);
          return contract.afterStep(after, before, command, situation);
        },
        retryWait: (o, failure, situation) => {
          const total = (spent.get(o.id) ?? 0) + situation.now - (began.get(o.id) ?? situation.now);
          spent.set(o.id, total);
          return total > 120_000 && failure.kind === 'other'
            ? undefined
            : contract.retryWait(o, failure, situation);
        },
      };
    },
  },
  'same-moment': {
    summary: 'loses every twelfth retry after a second attempt, as where due work is kept by its moment',
    narrow: true,
    behaviour: (contract) => {
      let failed = 0;
      return {
        retryWait: (o, failure, situation) => {
          const wait = contract.retryWait(o, failure, situation);
          if (wait === undefined || o.attempts !== 2) return wait;
          failed += 1;
          return failed % 12 === 0 ? 30 * 86_400_000 : wait;
        },
      };
    },
  },
});
