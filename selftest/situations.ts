import { headers, paths, table } from '../contract/vocabulary.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import type { Evidence, Exchange, Received } from '../record/evidence.ts';
import type { RawCheck } from '../record/outcome.ts';

/** What an operation was in the midst of when a deviation showed, in words. */
export interface CaughtSituation {
  /** The attempt: 0 before the first. */
  readonly attempt: string;
  /** How its attempt ended, or that it was under way. */
  readonly ending: string;
  /** When it was canceled. */
  readonly cancellation: string;
  /** Who was to be told of its end. */
  readonly notification: string;
  /** How many operations lived beside it. */
  readonly load: string;
}

const factors = ['attempt', 'ending', 'cancellation', 'notification', 'load'] as const;

/** The situations in which the checks of a trial met breaches of a clause: those that can be told, each once. */
export function situationsOf(clause: string, checks: readonly RawCheck[]): CaughtSituation[] {
  const met = checks.flatMap((check) => {
    const findings = (check.findings ?? []).filter((finding) => finding.clause === clause);
    const rows = findings.flatMap(({ reason }) => planRow(reason) ?? []);
    const own = check.clause === clause && check.outcome === 'failed';
    const told = own ? (planRow(check.reason ?? '') ?? fromEvidence(check.evidence)) : undefined;
    return told === undefined ? rows : [...rows, told];
  });
  const distinct = new Map(met.map((one) => [factors.map((factor) => one[factor]).join('|'), one]));
  return [...distinct.values()];
}

/** The levels of several situations, by factor, sorted. */
export function caughtIn(situations: readonly CaughtSituation[]): CaughtIn | undefined {
  if (situations.length === 0) return undefined;
  const levels = (factor: keyof CaughtSituation): string[] =>
    [...new Set(situations.map((one) => one[factor]))].sort();
  return Object.fromEntries(factors.map((factor) => [factor, levels(factor)])) as unknown as CaughtIn;
}

/** As {@link caughtIn}, of two that were told apart. */
export function alsoCaughtIn(one: CaughtIn | undefined, other: CaughtIn): CaughtIn {
  if (one === undefined) return other;
  const both = factors.map((factor) => [factor, [...new Set([...one[factor], ...other[factor]])].sort()]);
  return Object.fromEntries(both) as CaughtIn;
}

const rowPattern =
  /\(attempt (\d): ([a-z- ]+?)(?:, canceled ([a-z ]+?) by (?:DELETE|PATCH))?(, with a callback)?(?:, by another user)?\)$/;

/** What the checks that look at operations whole tell of the row of their plan. */
function planRow(reason: string): CaughtSituation | undefined {
  const [, attempt, ending, cancellation = 'never', callback] = rowPattern.exec(reason) ?? [];
  if (attempt === undefined || ending === undefined) return undefined;
  const notification = callback === undefined ? 'event' : 'callback and event';
  const about = { cancellation, notification, load: 'many at once' };
  // What the row would have done later never comes about.
  return cancellation === 'before the start'
    ? { attempt: '0', ending: 'not started', ...about }
    : { attempt, ending, ...about };
}

const many = 10;

/** What the exchanges of a check tell of the operation in which the breach showed. */
function fromEvidence(evidence: readonly Evidence[]): CaughtSituation | undefined {
  const place = evidence.find((one) => one.kind === 'mismatch')?.exchange;
  const at = place === undefined ? -1 : evidence.findIndex((one) => 'id' in one && one.id === place);
  const before = at < 0 ? evidence : evidence.slice(0, at + 1);
  const ids = before.map((one) => operationIn(one));
  const id = ids.findLast((each) => each !== undefined);
  if (id === undefined) return undefined;
  const submitted = new Set(
    before.flatMap((one) => (one.kind === 'exchange' ? (acceptedIn(one) ?? []) : [])),
  );
  const own = before.filter((_one, index) => ids[index] === id);
  const calls = own.filter((one) => one.kind === 'received' && one.purpose === 'probe') as Received[];
  const canceledAt = own.findIndex(cancels);
  const soFar = own.slice(0, Math.max(0, canceledAt));
  const cancellation =
    canceledAt < 0 ? 'never' : phaseOf(soFar.filter((one) => calls.includes(one as Received)) as Received[]);
  return {
    attempt: String(Math.max(0, ...calls.map(attemptOf))),
    ending: calls.length === 0 ? 'not started' : endingOf(calls.at(-1)),
    cancellation,
    notification: notificationOf(own),
    load: submitted.size <= 1 ? 'alone' : submitted.size < many ? 'beside others' : 'many at once',
  };
}

function phaseOf(calls: readonly Received[]): string {
  if (calls.length === 0) return 'before the start';
  const ending = endingOf(calls.at(-1));
  return ending === 'under way'
    ? 'during the attempt'
    : ending === 'succeeds'
      ? 'at the end'
      : 'after the attempt';
}

/** How the probe was told to end an attempt. */
function endingOf(call: Received | undefined): string {
  const told = /^200 (\{.*)/s.exec(call?.answered ?? '')?.[1];
  const { outcome, errorCode } = objectIn(told);
  if (outcome === 'continue') return 'under way';
  if (outcome === 'succeed') return 'succeeds';
  if (outcome === 'fail') return typeof errorCode === 'number' ? 'platform error' : 'own error';
  return 'no answer';
}

const attemptOf = (call: Received): number => Number(objectIn(call.body.text)['attempt']) || 1;

function notificationOf(own: readonly Evidence[]): string {
  const wish = own.some(
    (one) =>
      one.kind === 'exchange' &&
      one.request.headers.some(([name, value]) => /^prefer$/i.test(name) && /callback/i.test(value)),
  );
  const called = own.some((one) => one.kind === 'received' && one.purpose === 'callback');
  const told = own.some((one) => one.kind === 'received' && one.purpose === 'event');
  if (wish || called) return told ? 'callback and event' : 'callback';
  return told ? 'event' : 'nobody';
}

const guid = '([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})';
const inUrl = new RegExp(`(?:${paths.monitor}|${table.set}\\()${guid}`, 'i');

/** The operation that an exchange, or a request to the listener, is about. */
function operationIn(one: Evidence): string | undefined {
  if (one.kind === 'received') {
    const { backgroundOperationId } = objectIn(one.body.text);
    return (
      one.operationId ?? (typeof backgroundOperationId === 'string' ? backgroundOperationId : undefined)
    )?.toLowerCase();
  }
  if (one.kind !== 'exchange') return undefined;
  return (acceptedIn(one) ?? inUrl.exec(one.request.url)?.[1])?.toLowerCase();
}

function acceptedIn({ response }: Exchange): string | undefined {
  return response?.headers.find(([name]) => name.toLowerCase() === headers.operationId)?.[1].toLowerCase();
}

function cancels(one: Evidence): boolean {
  if (one.kind !== 'exchange' || one.response === undefined || one.response.status >= 300) return false;
  const { method, body } = one.request;
  return method === 'DELETE' || (method === 'PATCH' && objectIn(body?.text)[table.status] === 22);
}

function objectIn(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
