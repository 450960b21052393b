import type { ClauseId } from '../../contract/clauses.ts';
import type { Mismatches } from './mismatch.ts';
import { hasFailed, phaseOf, type Story } from './story.ts';

/** The error that a view shows; null counts as absent only where the view is a row. */
export interface ShownError {
  readonly code: unknown;
  readonly message: unknown;
}

/** The clauses of one view that say when it shows an error, and when none. */
export interface ErrorClauses {
  readonly missing: ClauseId;
  readonly unwanted: ClauseId;
  /** Where the monitor shows the right error and this view does not: the message of the monitor, and its code. */
  readonly differs?: { readonly clause: ClauseId; readonly monitor: unknown; readonly code?: unknown };
}

/** Holds the error of a view against the story. `status` is what the view shows. */
export function expectError(
  { code, message }: ShownError,
  story: Story,
  status: number,
  clauses: ErrorClauses,
  found: Mismatches,
): void {
  if (!hasFailed(story)) {
    found.unless(code === undefined, clauses.unwanted, 'the error code', 'absent: no attempt failed', code);
    found.unless(
      message === undefined,
      clauses.unwanted,
      'the error message',
      'absent: no attempt failed',
      message,
    );
    return;
  }
  // What is shown of an error that was not the end is left open.
  if (phaseOf(story) !== 'failed' || status !== 31 || story.canceled === 'between') return;
  found.unless(Number.isInteger(code), clauses.missing, 'the error code', 'an integer', code);
  const last = story.attempts.at(-1);
  // Whether an empty message is shown as one is left open.
  const told = typeof message === 'string' || last?.error?.message === '';
  found.unless(told, clauses.missing, 'the error message', 'a string', message);
  if (last?.error === undefined || !Number.isInteger(code) || typeof message !== 'string') return;
  // A probe in a tenant provokes only some of the platform's errors, with messages of their own.
  const call = story.operation.attempts.at(-1)?.calls.at(-1);
  if (last.end === 'platform' && call?.platformErrors !== undefined) return;
  const earlier = story.attempts
    .slice(0, -1)
    .some(
      ({ error }) =>
        error?.message === message && error.code === code && error.message !== last.error?.message,
    );
  // Of a time-out nobody knows the text: it is some error with another code and another message than the last one.
  const timedOut = story.attempts.slice(0, -1).some(({ end }) => end === 'time-out');
  const isNotLast = code !== last.error.code && message !== last.error.message && last.end !== 'time-out';
  if (earlier || (timedOut && isNotLast)) {
    const mine = last.error.message ?? 'that of the last attempt';
    found.unless(false, 'retry.last-error', 'the error message', mine, message);
    return;
  }
  const wanted = last.error.code;
  if (last.end === 'time-out') {
    found.unless(code !== 0, 'time-limit.error-code', 'the error code', 'other than zero', code);
    // Which code and message a time-out has is left open, but not that it has one of each.
    const { differs } = clauses;
    if (differs === undefined || code === 0 || !Number.isInteger(differs.code)) return;
    found.unless(code === differs.code, differs.clause, 'the error code', differs.code, code);
    found.unless(message === differs.monitor, differs.clause, 'the error message', differs.monitor, message);
    return;
  }
  found.unless(
    code === wanted,
    last.end === 'platform' ? 'error.platform-code' : 'error.other-code-zero',
    'the error code',
    wanted,
    code,
  );
  if (last.error.message === undefined || last.error.message === '') return;
  found.unless(
    message === last.error.message,
    clauses.differs?.monitor === last.error.message ? clauses.differs.clause : 'error.message',
    'the error message',
    last.error.message,
    message,
  );
}
