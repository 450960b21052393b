import type { Codes } from '../../contract/vocabulary.ts';
import type { Situation } from '../situation.ts';
import type { Command, Failure, LifecycleDecisions } from './lifecycle.ts';
import { isAtEnd } from './lifecycle.ts';
import type { NamedValue, Operation } from './operation.ts';

/** What has to be done after a step. Instants are epoch milliseconds. */
type Effect =
  /** Execute the custom API: attempt number `operation.attempts`. */
  | { readonly kind: 'execute' }
  /** Give it its turn (`start`) at this instant. */
  | { readonly kind: 'turn'; readonly at: number }
  /** An attempt is over, whatever came of it. */
  | { readonly kind: 'attempt-over'; readonly succeeded: boolean }
  /** It has reached its end. */
  | { readonly kind: 'completed' };

/** The operation after a step, and what has to be done; no effects and the same record if nothing happens. */
export interface Step {
  readonly operation: Operation;
  readonly effects: readonly Effect[];
}

/** One step of an operation's life, at `situation.now`. Pure: the same arguments give the same step. */
export function step(
  decisions: LifecycleDecisions,
  operation: Operation,
  command: Command,
  situation: Situation,
): Step {
  const next = steps(decisions, operation, command, situation);
  if (next.operation === operation) return next;
  return { ...next, operation: decisions.afterStep(next.operation, operation, command, situation) };
}

function steps(
  decisions: LifecycleDecisions,
  operation: Operation,
  command: Command,
  situation: Situation,
): Step {
  switch (command.kind) {
    case 'start':
      return start(decisions, operation, situation);
    case 'succeed':
      return operation.executing
        ? succeed(decisions, operation, command.outputs, situation)
        : unchanged(operation);
    case 'fail':
      return operation.executing
        ? fail(decisions, operation, command.failure, situation)
        : unchanged(operation);
    case 'cancel':
      return cancel(decisions, operation, command.by, situation);
  }
}

const unchanged = (operation: Operation): Step => ({ operation, effects: [] });

function written(operation: Operation, changes: Partial<Operation>, codes: Codes, now: number): Operation {
  return { ...operation, ...changes, ...codes, modifiedOn: now, version: operation.version + 1 };
}

function start(decisions: LifecycleDecisions, operation: Operation, situation: Situation): Step {
  if (isAtEnd(operation) || operation.executing) return unchanged(operation);
  const { now, choices } = situation;
  if (!decisions.begins(operation, situation)) return endIdle(decisions, operation, situation);
  const attempts = operation.attempts + 1;
  const startTime = choices.startTime === 'first' ? (operation.startTime ?? now) : now;
  const changes = { attempts, retryCount: attempts - 1, executing: true, startTime };
  return {
    operation: written(operation, changes, decisions.executing(operation, situation), now),
    effects: [{ kind: 'execute' }],
  };
}

/** Canceled while nothing was executed: before the first attempt or between two. */
function endIdle(decisions: LifecycleDecisions, operation: Operation, situation: Situation): Step {
  const { now, choices } = situation;
  const ended = operation.attempts > 0 || choices.endTimeOfNeverStarted;
  const changes = ended ? { endTime: now } : {};
  return {
    operation: written(operation, changes, decisions.canceledIdle(operation, situation), now),
    effects: [{ kind: 'completed' }],
  };
}

function succeed(
  decisions: LifecycleDecisions,
  operation: Operation,
  outputs: readonly NamedValue[],
  situation: Situation,
): Step {
  const { now, choices } = situation;
  const codes = decisions.succeeded(operation, situation);
  const forgotten = choices.errorAfterRecovery ? {} : { errorCode: undefined, errorMessage: undefined };
  const kept = codes.status === 30 ? decisions.keptOutputs(outputs, operation, situation) : undefined;
  const changes = { ...forgotten, executing: false, outputs: kept, endTime: now };
  return {
    operation: written(operation, changes, codes, now),
    effects: [{ kind: 'attempt-over', succeeded: true }, { kind: 'completed' }],
  };
}

function fail(
  decisions: LifecycleDecisions,
  operation: Operation,
  failure: Failure,
  situation: Situation,
): Step {
  const { now, choices } = situation;
  const { code, message } = decisions.reportedError(failure, operation, situation);
  const error = { errorCode: code, errorMessage: message };
  const wait = decisions.retryWait(operation, failure, situation);
  const over: Effect = { kind: 'attempt-over', succeeded: false };
  if (wait === undefined) {
    const codes = decisions.failed(operation, situation);
    return {
      operation: written(operation, { ...error, executing: false, endTime: now }, codes, now),
      effects: [over, { kind: 'completed' }],
    };
  }
  const shown = choices.errorBetweenAttempts || choices.errorAfterRecovery ? error : {};
  const codes = decisions.betweenAttempts(operation, situation);
  return {
    operation: written(operation, { ...shown, executing: false }, codes, now),
    effects: [over, { kind: 'turn', at: now + wait }],
  };
}

function cancel(decisions: LifecycleDecisions, operation: Operation, by: string, situation: Situation): Step {
  if (operation.canceled || isAtEnd(operation)) return unchanged(operation);
  const { now } = situation;
  const changes = { canceled: true, modifiedBy: by };
  if (operation.executing && decisions.cancelStops(operation, situation)) {
    const codes = decisions.canceledIdle(operation, situation);
    return {
      operation: written(operation, { ...changes, executing: false, endTime: now }, codes, now),
      effects: [{ kind: 'attempt-over', succeeded: false }, { kind: 'completed' }],
    };
  }
  return {
    operation: written(operation, changes, decisions.canceling(operation, situation), now),
    effects: operation.executing ? [] : [{ kind: 'turn', at: now + 1 }],
  };
}
