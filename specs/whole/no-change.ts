import { isDeepStrictEqual } from 'node:util';
import type { ClauseId } from '../../contract/clauses.ts';
import { formattedValue, table } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { show } from '../../harness/expect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import { codesOf } from '../../harness/reading.ts';
import type { ViewMismatch } from '../model/mismatch.ts';
import { forEach } from './batches.ts';
import { cancelAtEnd } from './cancel.ts';
import type { Subject } from './subject.ts';

type Tools = Pick<CheckTools, 'clock' | 'target' | 'events'>;

const dayMs = 86_400_000;
/** Operations that are read once more at once: a reading that changes something does so with any. */
const readTwice = 12;

/** What is shown of an operation at one moment, and what it has brought about. */
interface Picture {
  readonly monitor: JsonObject | undefined;
  readonly row: JsonObject | undefined;
  readonly attempts: number;
  readonly callbacks: number;
  readonly events: number;
}

/**
 * Reads operations at rest, tries to cancel every other one of them, lets a day pass, and charges whatever has
 * changed; gives whether nothing has.
 */
export async function expectNoChange(tools: Tools, subjects: readonly Subject[]): Promise<boolean> {
  const refused = subjects.filter(
    ({ combination }, index) => combination.cancellation === 'at the end' || index % 2 === 0,
  );
  const left = subjects.filter((subject) => !refused.includes(subject));
  const before = await picturesOf(tools, subjects);
  const compare = (some: readonly Subject[], clause: ClauseId, when: string): Promise<boolean> =>
    charged(tools, before, some, clause, when);
  // Where reading changes something nothing else can be held against it.
  if (await compare(left.slice(0, readTwice), 'monitor.read-is-safe', 'after it was read')) return false;
  await forEach(refused, cancelAtEnd);
  const touched = await compare(refused, 'cancel.terminal-changes-nothing', 'after a refused cancellation');
  await tools.clock.advance(dayMs);
  const drifts = await compare(left, 'state.terminal-is-final', 'a day after its end');
  if (drifts) return false;
  // What changes by itself is not the work of a refused cancellation.
  const late = await compare(
    refused,
    'cancel.terminal-changes-nothing',
    'a day after a refused cancellation',
  );
  return !touched && !late;
}

/** What is shown of operations now. */
export async function picturesOf(
  tools: Tools,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, Picture>> {
  return new Map(
    await forEach(subjects, async (subject) => [subject, await picture(tools, subject)] as const),
  );
}

/** Charges to a clause what has changed of operations since they were looked at; gives whether anything has. */
export async function charged(
  tools: Tools,
  before: ReadonlyMap<Subject, Picture>,
  some: readonly Subject[],
  clause: ClauseId,
  when: string,
): Promise<boolean> {
  const differing = async (from: readonly Subject[]) => {
    const seen = await forEach(from, async (subject) => {
      const old = before.get(subject);
      const now = await picture(tools, subject);
      return { subject, change: old === undefined ? undefined : changeIn(subject, old, now, clause) };
    });
    return seen.filter(({ change }) => change !== undefined);
  };
  let changed = await differing(some);
  if (changed.length > 0)
    await comesLate(tools.target, async () => {
      changed = await differing(changed.map(({ subject }) => subject));
      return changed.length === 0;
    });
  for (const { subject, change } of changed) if (change !== undefined) subject.note([change], when);
  return changed.length > 0;
}

async function picture({ target, events }: Tools, { operation }: Subject): Promise<Picture> {
  const monitor = (await operation.getMonitor()).object();
  const row = target.offers.table ? (await operation.getRow()).object() : undefined;
  return {
    monitor,
    row,
    attempts: operation.attempts.length,
    callbacks: operation.callbacks.length,
    events: target.offers.events === undefined ? 0 : events.of(operation.id).length,
  };
}

/** What differs between two pictures; undefined where nothing does. */
function changeIn(
  subject: Subject,
  before: Picture,
  after: Picture,
  clause: ClauseId,
): ViewMismatch | undefined {
  const { received, callback } = subject.combination;
  // A receiver that failed may be told again.
  const settled = received || callback === undefined;
  if (after.attempts > before.attempts)
    return { clause: furtherAttempt(subject, clause), reason: 'it was executed once more' };
  if (settled && after.callbacks > before.callbacks)
    return { clause: 'callback.once', reason: 'it called back once more' };
  // Events have a receiver of their own, which took the first.
  if (after.events > Math.max(before.events, 1))
    return { clause: 'event.once', reason: 'its event came once more' };
  const views: [string, JsonObject | undefined, JsonObject | undefined][] = [
    ['the monitor', before.monitor, after.monitor],
    ['the row', comparable(before.row, settled), comparable(after.row, settled)],
  ];
  for (const [what, old = {}, young = {}] of views) {
    if (isDeepStrictEqual(old, young)) continue;
    const names = [...new Set([...Object.keys(old), ...Object.keys(young)])];
    const name = names.find((one) => !isDeepStrictEqual(old[one], young[one])) ?? '';
    const reason = `${what} changed: ${name} was ${show(old[name])} and is ${show(young[name])}`;
    // Nobody asked for labels, in neither picture.
    const labels = what === 'the row' && name.endsWith(`@${formattedValue}`);
    return { clause: labels ? 'table.formatted-values-on-request' : clause, reason };
  }
  return undefined;
}

function furtherAttempt({ canceled, end }: Subject, otherwise: ClauseId): ClauseId {
  if (canceled === 'waiting') return 'cancel.before-start-never-executes';
  return end?.status === 30 ? 'retry.stops-on-success' : otherwise;
}

/** The row without what a delivery may write to it, where one may still be under way. */
function comparable(row: JsonObject | undefined, settled: boolean): JsonObject | undefined {
  if (row === undefined || codesOf(row, table.state, table.status) === undefined) return undefined;
  if (settled) return row;
  const moving = ['@odata.etag', 'versionnumber', 'modifiedon', '_modifiedby_value'];
  return Object.fromEntries(Object.entries(row).filter(([name]) => !moving.includes(name)));
}
