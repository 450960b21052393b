import type { Operation } from '../../harness/operation.ts';
import type { ProbeCall } from '../../harness/plan.ts';

/** How an attempt went: it runs, succeeded, or failed by its own error, the platform's, the time limit or an unusable answer. */
type AttemptEnd = 'running' | 'succeeded' | 'own' | 'platform' | 'time-out' | 'no-answer';

/** One attempt as the probe saw it. Times are the target's clock, epoch milliseconds. */
export interface ToldAttempt {
  readonly began: number;
  /** The last call: where the attempt has ended, its end. */
  readonly last: number;
  readonly end: AttemptEnd;
  /** The error that it was told to fail with. */
  readonly error: { readonly code: number; readonly message: string | undefined } | undefined;
  /** The outputs that it was told to set. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What happened to an operation, as far as the suite knows by itself: what it sent, and what the probe was told. */
export interface Story {
  readonly operation: Operation;
  readonly attempts: readonly ToldAttempt[];
  /** When its cancellation was accepted, by what was going on then; undefined where none was. */
  readonly canceled: 'waiting' | 'running' | 'between' | undefined;
  /** Whether it has come to its end. */
  readonly ended: boolean;
  /** The target's clock at submission and now. */
  readonly submittedAt: number;
  readonly now: number;
}

/** Where an operation is in its life. */
export type Phase = 'waiting' | 'running' | 'between' | 'succeeded' | 'failed' | 'canceled';

/** The attempts of an operation; `ended` tells that one which was never told its end ran out of time. */
export function attemptsOf(operation: Operation, ended: boolean): ToldAttempt[] {
  return operation.attempts.map(({ calls }, index, all) => {
    const [first, last] = [calls[0], calls.at(-1)];
    const over = ended || index < all.length - 1;
    return {
      began: first?.time ?? Number.NaN,
      last: last?.time ?? Number.NaN,
      end: endOf(last, over),
      error: errorOf(last, over),
      outputs: last?.answer?.outcome === 'succeed' ? (last.answer.outputs ?? {}) : {},
    };
  });
}

function endOf(last: ProbeCall | undefined, over: boolean): AttemptEnd {
  switch (last?.answer?.outcome) {
    case 'succeed':
      return 'succeeded';
    case 'fail':
      return last.answer.errorCode === undefined ? 'own' : 'platform';
    case 'odd':
      return 'no-answer';
    default:
      return over ? 'time-out' : 'running';
  }
}

function errorOf(last: ProbeCall | undefined, over: boolean): ToldAttempt['error'] {
  const answer = last?.answer;
  if (answer?.outcome === 'fail') return { code: answer.errorCode ?? 0, message: answer.errorMessage };
  if (answer?.outcome === 'odd') return { code: 0, message: undefined };
  return over && answer?.outcome !== 'succeed' ? { code: Number.NaN, message: undefined } : undefined;
}

/** Where the story says that its operation is. */
export function phaseOf({ attempts, canceled, ended }: Story): Phase {
  const last = attempts.at(-1);
  if (last === undefined) return ended && canceled !== undefined ? 'canceled' : 'waiting';
  if (last.end === 'running') return 'running';
  if (last.end === 'succeeded') return 'succeeded';
  return ended ? 'failed' : 'between';
}

/** Whether an attempt of the story has failed. */
export function hasFailed({ attempts }: Story): boolean {
  return attempts.some(({ end }) => end !== 'running' && end !== 'succeeded');
}
