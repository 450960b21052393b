import { members } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { isTerminal } from '../../harness/reading.ts';
import { Blocked, fail, NotTestable } from '../../harness/test.ts';

/** An error as a resource shows it; null where a member is absent. */
export interface ShownError {
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
  await operation.finished();
  return { operation, told };
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
function isError({ code, message }: ShownError): boolean {
  return Number.isInteger(code) && typeof message === 'string';
}

/** The error that the monitor shows; blocks the check where it shows none, or none of the right form. */
export async function monitorError(operation: Operation): Promise<ShownError> {
  const { errorCode, errorMessage, answer } = await operation.monitor();
  const shown = { code: errorCode ?? null, message: errorMessage ?? null };
  if (!isError(shown)) throw new Blocked('monitor.error-on-failure', answer.describe());
  return shown;
}

/** The error that the row shows; blocks the check where it shows none, or none of the right form. */
export async function rowError(operation: Operation): Promise<ShownError> {
  const { row, answer } = await operation.rowWhen(isTerminal);
  const shown = { code: row['errorcode'] ?? null, message: row['errormessage'] ?? null };
  if (!isError(shown)) throw new Blocked('table.error-columns', answer.describe());
  return shown;
}

/** The error in the payload of a callback; blocks the check where there is none, or none of the right form. */
export function callbackError(payload: JsonObject): ShownError {
  const shown = {
    code: payload[members.errorCode] ?? null,
    message: payload[members.errorMessage] ?? null,
  };
  if (!isError(shown)) throw new Blocked('callback.error-on-failure', JSON.stringify(payload));
  return shown;
}

/** The errors that the target shows for an operation, each with the resource's name. */
export async function shownErrors(
  operation: Operation,
  { offers }: CheckTools['target'],
): Promise<[resource: string, error: ShownError][]> {
  const errors: [string, ShownError][] = [['monitor', await monitorError(operation)]];
  if (offers.table) errors.push(['row', await rowError(operation)]);
  return errors;
}
