import type { Codes } from '../../contract/vocabulary.ts';
import { limits, pairs } from '../../contract/vocabulary.ts';
import type { Situation } from '../situation.ts';
import type { NamedValue, Operation } from './operation.ts';

/** Why an attempt failed. `code` is the platform's (signed 32 bits); 0 if the error is not the platform's. */
export interface Failure {
  readonly kind: 'platform' | 'other' | 'time-out';
  readonly code: number;
  readonly message: string;
}

/** What can happen to an operation. */
export type Command =
  /** It is its turn: an attempt starts, or a canceled operation comes to its end. */
  | { readonly kind: 'start' }
  | { readonly kind: 'succeed'; readonly outputs: readonly NamedValue[] }
  | { readonly kind: 'fail'; readonly failure: Failure }
  | { readonly kind: 'cancel'; readonly by: string };

/**
 * The decisions of the lifecycle, each replaceable alone. All are asked with the operation as it
 * was before the step, and answer without side effects.
 */
export interface LifecycleDecisions {
  /** Codes of an operation that was just accepted. */
  readonly waiting: (situation: Situation) => Codes;
  /** Whether an operation whose turn it is begins an attempt; otherwise it ends as canceled. */
  readonly begins: (operation: Operation, situation: Situation) => boolean;
  /** Milliseconds until the next attempt after this failure; undefined if the operation has failed. */
  readonly retryWait: (operation: Operation, failure: Failure, situation: Situation) => number | undefined;
  /** How long an attempt may run, milliseconds; undefined: no limit. No operation: a synchronous execution. */
  readonly attemptLimit: (operation: Operation | undefined, situation: Situation) => number | undefined;
  /** Whether an attempt whose time is up is left where it is, so that it asks for nothing more. */
  readonly abandonsTimedOut: (operation: Operation | undefined, situation: Situation) => boolean;
  /** Codes during an attempt. */
  readonly executing: (operation: Operation, situation: Situation) => Codes;
  /** Codes while a retry is awaited. */
  readonly betweenAttempts: (operation: Operation, situation: Situation) => Codes;
  /** Codes from the acceptance of a cancellation on. */
  readonly canceling: (operation: Operation, situation: Situation) => Codes;
  /** Final codes: after success, after the last failure, and canceled while nothing was executed. */
  readonly succeeded: (operation: Operation, situation: Situation) => Codes;
  readonly failed: (operation: Operation, situation: Situation) => Codes;
  readonly canceledIdle: (operation: Operation, situation: Situation) => Codes;
  /** Whether a cancellation is refused. */
  readonly refusesCancel: (operation: Operation, situation: Situation) => boolean;
  /** Whether a cancellation ends a running attempt at once (the contract: never). */
  readonly cancelStops: (operation: Operation, situation: Situation) => boolean;
  /** Code and message as they are kept. */
  readonly reportedError: (
    failure: Failure,
    operation: Operation,
    situation: Situation,
  ) => { readonly code: number; readonly message: string };
  /** Outputs as they are kept. */
  readonly keptOutputs: (
    outputs: readonly NamedValue[],
    operation: Operation,
    situation: Situation,
  ) => readonly NamedValue[];
  /** The last word on every step: gives the record that is kept. */
  readonly afterStep: (
    after: Operation,
    before: Operation,
    command: Command,
    situation: Situation,
  ) => Operation;
}

/** Whether an operation has reached its end. */
export function isAtEnd(operation: Operation): boolean {
  return operation.state === 3;
}

/** The exponential wait before retry number `retry` (from 1); `random` in [0, 1) places the jitter. */
export function backOff(
  retry: number,
  policy: { readonly baseMs: number; readonly factor: number; readonly jitter: number },
  random: number,
): number {
  const wait = policy.baseMs * policy.factor ** (retry - 1);
  return Math.max(1, Math.round(wait * (1 + policy.jitter * (2 * random - 1))));
}

/** The lifecycle as the contract has it; where it is silent, the choices decide. */
export const lifecycle: LifecycleDecisions = {
  waiting: () => pairs.waiting,
  begins: (operation) => !operation.canceled,
  retryWait: (operation, failure, { choices, random }) => {
    const retried =
      failure.kind === 'other' ||
      (failure.kind === 'platform' ? choices.retryPlatformErrors : choices.retryTimeOuts);
    const most = failure.kind === 'platform' ? choices.platformRetries : limits.retries;
    if (operation.canceled || !retried || operation.attempts > most) return undefined;
    return backOff(operation.attempts, choices.retry, random());
  },
  abandonsTimedOut: () => true,
  attemptLimit: (_operation, { choices }) => choices.attemptLimitMs,
  executing: (operation) => (operation.canceled ? pairs.canceling : pairs.inProgress),
  betweenAttempts: (_operation, { choices }) => pairs[choices.betweenAttempts],
  canceling: () => pairs.canceling,
  succeeded: (operation, { choices }) =>
    operation.canceled ? pairs[choices.canceledButSucceeded] : pairs.succeeded,
  failed: (operation, { choices }) => (operation.canceled ? pairs[choices.canceledButFailed] : pairs.failed),
  canceledIdle: () => pairs.canceled,
  refusesCancel: isAtEnd,
  cancelStops: () => false,
  reportedError: ({ code, message }) => ({ code, message }),
  keptOutputs: (outputs) => outputs,
  afterStep: (after) => after,
};
