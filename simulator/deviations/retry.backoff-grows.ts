import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

/** Waits so many milliseconds before every retry of an attempt that ran out of time. */
const afterTimeOut = (milliseconds: number): BehaviourEdit =>
  edit('retryWait', (wait, _o, failure) =>
    wait !== undefined && failure.kind === 'time-out' ? milliseconds : wait,
  );

export default defineDeviations({
  constant: {
    summary: 'waits equally long before every retry',
    alsoBreaks: { 'retry.backoff-exponential': 'waits that are equal do not grow by any factor' },
    behaviour: edit('retryWait', (wait, _operation, _failure, situation) =>
      wait === undefined ? undefined : situation.choices.retry.baseMs,
    ),
  },
  resets: {
    summary: 'begins its back-off anew after two retries',
    alsoBreaks: { 'retry.backoff-exponential': 'waits that do not grow do not grow exponentially' },
    behaviour: edit('retryWait', (wait, operation) =>
      wait === undefined ? undefined : ([20_000, 40_000, 20_000][operation.attempts - 1] ?? 60_000),
    ),
  },
  shrinking: {
    summary: 'halves its waits instead of doubling them',
    alsoBreaks: { 'retry.backoff-exponential': 'waits that do not grow do not grow exponentially' },
    behaviour: edit('retryWait', (wait, operation) =>
      wait === undefined ? undefined : ([60_000, 30_000, 15_000][operation.attempts - 1] ?? 60_000),
    ),
  },
  third: {
    summary: 'waits as long for the third retry as for the first',
    narrow: true,
    behaviour: (contract) => ({
      retryWait: (o, failure, situation) =>
        contract.retryWait(o, failure, situation) === undefined
          ? undefined
          : contract.retryWait(o.attempts === 3 ? { ...o, attempts: 1 } : o, failure, situation),
    }),
  },
  shared: {
    summary: 'lets all operations share one count of failures for their waits',
    narrow: true,
    behaviour: (contract) => {
      let failures = 0;
      return {
        retryWait: (o, failure, situation) => {
          failures = (failures % 3) + 1;
          return contract.retryWait(
            { ...o, attempts: o.attempts > 3 ? o.attempts : failures },
            failure,
            situation,
          );
        },
      };
    },
  },
  platform: {
    summary: 'waits equally long before every retry of an error of the platform',
    narrow: true,
    behaviour: edit('retryWait', (wait, _o, failure) =>
      wait !== undefined && failure.kind === 'platform' ? 30_000 : wait,
    ),
  },
  'timed-out': {
    summary: 'waits equally long before every retry of an attempt that ran out of time',
    narrow: true,
    behaviour: afterTimeOut(30_000),
  },
  'timed-out-at-once': {
    summary: 'waits for nothing before the retry of an attempt that ran out of time',
    narrow: true,
    behaviour: afterTimeOut(1),
  },
  'from-start': {
    summary: 'counts the wait from the start of the attempt that failed',
    behaviour: (contract) => {
      const began = new Map<string, number>();
      return {
        attemptLimit: (o, situation) => {
          if (o !== undefined) began.set(o.id, situation.now);
          return contract.attemptLimit(o, situation);
        },
        retryWait: (o, failure, situation) => {
          const wait = contract.retryWait(o, failure, situation);
          const ran = situation.now - (began.get(o.id) ?? situation.now);
          return wait === undefined ? undefined : Math.max(1, wait - ran);
        },
      };
    },
  },
  'from-creation': {
    summary: 'plans all retries from the creation, so that a long attempt eats the wait that follows',
    narrow: true,
    behaviour: (contract) => ({
      retryWait: (o, failure, situation) => {
        const wait = contract.retryWait(o, failure, situation);
        const { baseMs, factor } = situation.choices.retry;
        const due = o.createdOn + baseMs * (factor ** o.attempts - 1);
        return wait === undefined ? undefined : Math.max(1, due - situation.now);
      },
    }),
  },
});
