import { limits, table } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import { isGuid } from '../../harness/expect.ts';
import { codesOf, readKeyValues } from '../../harness/reading.ts';
import { sameValue } from '../../scenarios/support/values.ts';
import { wrongCodes } from './expect-codes.ts';
import { expectError } from './expect-error.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';
import { phaseOf, type Story } from './story.ts';

/** What the row says besides the story: who submitted, and the custom API's names. */
export interface RowFacts {
  readonly name: string;
  readonly displayName: string;
  /** The initiator's systemuserid; undefined where it is not known. */
  readonly userId: string | undefined;
  /** Whether a row may still show what was true a moment ago. */
  readonly mayLag: boolean;
  /** The message that the monitor shows; undefined where none is known. */
  readonly message?: unknown;
  /** The code that the monitor shows beside it at the end. */
  readonly code?: unknown;
}

/** A target may keep whole seconds, and round them. */
const secondMs = 1_000;
/** How far a time may lie from the moment at which it was seen to happen. */
const slackMs = 10_000;

/** Holds a row, read alone or in a list, against what happened to its operation. */
export function rowMismatches(
  story: Story,
  row: JsonObject,
  facts: RowFacts,
  view = 'the row',
): readonly ViewMismatch[] {
  const found = new Mismatches(view);
  expectConstant(story, row, facts, found);
  const codes = codesOf(row, table.state, table.status);
  if (codes === undefined) return found.list;
  const wrong = wrongCodes(codes, story);
  // A pair that there is not was never shown, not a moment ago either.
  if (wrong !== undefined && wrong.clause !== 'state.known-pairs' && facts.mayLag) return found.list;
  if (wrong !== undefined) {
    found.unless(false, wrong.clause, 'the codes', wrong.wanted, [codes.state, codes.status]);
    return found.list;
  }
  // Whether one that shows its end has come to it is told by whether a further attempt is made.
  if (codes.state === 3 && phaseOf(story) === 'between') return found.list;
  const wants = (name: string): unknown => row[name] ?? undefined;
  expectError(
    { code: wants('errorcode'), message: wants('errormessage') },
    story,
    codes.status,
    {
      missing: 'table.error-columns',
      unwanted: 'table.error-columns',
      differs: { clause: 'error.same-everywhere', monitor: facts.message, code: facts.code },
    },
    found,
  );
  expectOutputs(story, row, codes.status, found);
  expectCount(story, row, codes.state === 3, found);
  expectTimes(story, row, codes.state === 3, found);
  return found.list;
}

/** What never changes in the life of an operation. */
function expectConstant(
  { operation, submittedAt }: Story,
  row: JsonObject,
  { name, displayName, userId }: RowFacts,
  found: Mismatches,
): void {
  found.unless(row['name'] === name, 'table.name', 'name', name, row['name']);
  found.unless(
    row['displayname'] === displayName,
    'table.displayname',
    'displayname',
    displayName,
    row['displayname'],
  );
  const inputs = readKeyValues(row['inputparameters']);
  const sent = Object.entries(operation.parts.body);
  const kept = inputs !== undefined && sent.every(([key, value]) => inputs.get(key) === value);
  const wanted = kept ? '' : JSON.stringify(sent.map(([Key, Value]) => ({ Key, Value })));
  found.unless(kept, 'table.inputparameters', 'inputparameters', wanted, row['inputparameters']);
  found.unless(isGuid(row['runas']), 'table.runas', 'runas', 'a systemuserid', row['runas']);
  if (userId !== undefined && isGuid(row['runas']))
    found.unless(
      row['runas'].toLowerCase() === userId,
      'table.runas-initiator',
      'runas',
      userId,
      row['runas'],
    );
  found.unless(
    row['ttlinseconds'] === limits.ttlSeconds,
    'ttl.default',
    'ttlinseconds',
    limits.ttlSeconds,
    row['ttlinseconds'],
  );
  found.unless(
    near(row['createdon'], submittedAt, secondMs),
    'table.times',
    'createdon',
    new Date(submittedAt).toISOString(),
    row['createdon'],
  );
  for (const column of ['retrycount', 'priority', 'errorcode', 'ttlinseconds']) {
    const value = row[column] ?? null;
    found.unless(
      value === null || Number.isInteger(value),
      'table.column-types',
      column,
      'an integer or null',
      value,
    );
  }
}

function expectOutputs(story: Story, row: JsonObject, status: number, found: Mismatches): void {
  const shown = readKeyValues(row['outputparameters']);
  if (status !== 30) {
    const none = (row['outputparameters'] ?? null) === null || shown?.size === 0;
    found.unless(
      none,
      'table.outputparameters-only-on-success',
      'outputparameters',
      'null or an empty array',
      row['outputparameters'],
    );
    return;
  }
  for (const [name, value] of Object.entries(story.attempts.at(-1)?.outputs ?? {}))
    found.unless(
      sameValue(name, value, shown?.get(name)),
      'table.outputparameters',
      name,
      value,
      shown?.get(name) ?? row['outputparameters'],
    );
}

function expectCount({ attempts }: Story, row: JsonObject, ended: boolean, found: Mismatches): void {
  const retries = Math.max(0, attempts.length - 1);
  // What it shows between the first retry and the end is left open.
  if (retries > 0 && !ended) return;
  const clause = retries === 0 ? 'table.retrycount-starts-at-zero' : 'retry.count';
  found.unless(row['retrycount'] === retries, clause, 'retrycount', retries, row['retrycount']);
}

function expectTimes(story: Story, row: JsonObject, ended: boolean, found: Mismatches): void {
  const { attempts } = story;
  const [start, end] = [row['starttime'] ?? null, row['endtime'] ?? null];
  const last = attempts.at(-1);
  if (last === undefined) {
    // Which times an operation has that never starts is left open at its end.
    if (!ended) found.unless(start === null, 'table.no-starttime-before-start', 'starttime', 'null', start);
  } else {
    const began = attempts.some((one) => near(start, one.began, slackMs));
    found.unless(began, 'table.times', 'starttime', 'the start of an attempt', start);
  }
  if (!ended) {
    found.unless(end === null, 'table.no-endtime-before-end', 'endtime', 'null', end);
    return;
  }
  if (last === undefined) return;
  const told = last.end === 'succeeded' || story.canceled !== 'between';
  // An attempt that ran out of time ended later than its last call.
  const most = last.end === 'time-out' || !told ? story.now - last.last + secondMs : slackMs;
  const time = typeof end === 'string' ? Date.parse(end) : Number.NaN;
  const right = time >= last.last - secondMs && time <= last.last + most;
  found.unless(right, 'table.times', 'endtime', `about ${new Date(last.last).toISOString()}`, end);
  if (phaseOf(story) === 'canceled' || typeof start !== 'string') return;
  found.unless(Date.parse(start) <= time + secondMs, 'table.times', 'endtime', `not before ${start}`, end);
}

function near(shown: unknown, moment: number, within: number): boolean {
  return typeof shown === 'string' && Math.abs(Date.parse(shown) - moment) <= within;
}
