import { isDeepStrictEqual } from 'node:util';
import type { ClauseId } from '../../contract/clauses.ts';
import { limits, members } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { cameFrom, originOf } from '../../harness/origin.ts';
import { isTerminal, type MonitorReading } from '../../harness/reading.ts';
import { missingRetry } from './passing.ts';
import { ifThere } from './rows.ts';
import { Blocked, fail, NotTestable } from '../../harness/test.ts';

/** An error as a resource shows it; null where a member is absent. */
export interface ErrorMembers {
  readonly code: unknown;
  readonly message: unknown;
}

/** The error that an attempt is to fail with; code 0 where it is not the platform's. */
export interface ToldError {
  readonly code: number;
  readonly message: string;
}

/** An operation whose every attempt fails with one error, at rest. */
export interface Failed {
  readonly operation: Operation;
  readonly told: ToldError;
}

/** Brings an operation to its end whose every attempt fails with the given error. */
export async function failedWith(
  { submit }: Pick<CheckTools, 'submit'>,
  told: ToldError,
  options: { callback?: true } = {},
): Promise<Failed> {
  const attempt = told.code === 0 ? fail(told.message) : fail(told.message, told.code);
  const operation = await submit({ ...options, attempts: [attempt] });
  await finishedAtLast(operation);
  return { operation, told };
}

/** Waits for the end, and past what only looks like one: that an attempt follows it is noted. */
export async function finishedAtLast(operation: Operation): Promise<MonitorReading> {
  let reading = await operation.finished();
  const { play, submittedAt } = operation.parts;
  if (play === undefined || submittedAt === undefined) return reading;
  while (play.attempts.length <= limits.retries) {
    const clause = await missingRetry(operation);
    if (clause !== 'retry.not-terminal-between') return reading;
    operation.accepted.note(clause, 'an operation that showed its end was executed again', false);
    reading = await operation.finished();
  }
  return reading;
}

/**
 * As {@link failedWith}; where the probe is fixed, the error is the one that the configuration names.
 *
 * @param fits whether an error is of the kind that the check is about
 */
export async function failedAny(
  { submit, target }: Pick<CheckTools, 'submit' | 'target'>,
  told: ToldError,
  fits: (code: number) => boolean,
): Promise<Failed> {
  const { probe } = target.config.target;
  if (probe.kind === 'control') return failedWith({ submit }, told);
  const { errorCode, errorMessage } = probe.fails ?? {};
  if (errorCode === undefined || !fits(errorCode))
    throw new NotTestable('needs target.probe.fails.errorCode of the kind that this check is about');
  const operation = await submit({ attempts: [fail()] });
  await operation.finished();
  return { operation, told: { code: errorCode, message: errorMessage ?? '' } };
}

/** Whether something has the form of an error: what its code and message are is for the check to judge. */
function isError({ code, message }: ErrorMembers): boolean {
  return Number.isInteger(code) && typeof message === 'string';
}

/** The error that the monitor shows; blocks the check where it shows none, or none of the right form. */
export async function monitorError(operation: Operation): Promise<ErrorMembers> {
  return formed(await readMonitorError(operation), 'monitor.error-on-failure');
}

/** The error that the row shows; blocks the check where it shows none, or none of the right form. */
export async function rowError(operation: Operation): Promise<ErrorMembers> {
  return formed(await readRowError(operation), 'table.error-columns');
}

async function readMonitorError(operation: Operation): Promise<ErrorMembers> {
  const { answer, errorCode, errorMessage } = await operation.monitor();
  return cameFrom({ code: errorCode ?? null, message: errorMessage ?? null }, answer.exchange);
}

async function readRowError(operation: Operation): Promise<ErrorMembers> {
  const { answer, row } = await operation.rowWhen(isTerminal);
  return cameFrom({ code: row['errorcode'] ?? null, message: row['errormessage'] ?? null }, answer.exchange);
}

function formed(error: ErrorMembers, clause: ClauseId): ErrorMembers {
  if (!isError(error)) throw new Blocked(clause, JSON.stringify(error));
  return error;
}

/** The error in the payload of a callback; blocks the check where there is none, or none of the right form. */
export function callbackError(payload: JsonObject): ErrorMembers {
  const shown = cameFrom(
    { code: payload[members.errorCode] ?? null, message: payload[members.errorMessage] ?? null },
    originOf(payload)?.exchange,
  );
  if (!isError(shown)) throw new Blocked('callback.error-on-failure', JSON.stringify(payload));
  return shown;
}

/**
 * The errors that the target shows for an operation, each with the resource's name. One resource that
 * shows none, or none of the right form, blocks the check. Where monitor and row have the same fault it
 * is the error itself that is kept so, and no longer a matter of how it is shown.
 */
export async function shownErrors(
  operation: Operation,
  { offers }: CheckTools['target'],
): Promise<[resource: string, error: ErrorMembers][]> {
  const monitor = await readMonitorError(operation);
  const row = offers.table ? await ifThere(operation, () => readRowError(operation)) : undefined;
  if (row === undefined) return [['monitor', formed(monitor, 'monitor.error-on-failure')]];
  if (!isDeepStrictEqual(monitor, row) || typeof monitor.message !== 'string') {
    formed(monitor, 'monitor.error-on-failure');
    formed(row, 'table.error-columns');
  }
  return [
    ['monitor', monitor],
    ['row', row],
  ];
}

/**
 * Whether an error that the probe was told to fail with is the platform's beyond doubt. It is where the target
 * hosts the probe, or names what a fixed custom API fails with. A plug-in says which errors it provokes from
 * the platform; any other code it merely gives to an exception of its own.
 */
export function isPlatformError({ operation, told }: Failed): boolean {
  const provoked = operation.parts.play?.attempts[0]?.calls[0]?.platformErrors;
  return provoked === undefined || provoked.includes(told.code);
}
