import type { ClauseId } from '../../contract/clauses.ts';
import { pairs, table, type Codes } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { sameCodes, type ShownCodes } from '../../harness/reading.ts';
import { show } from '../../harness/expect.ts';
import { Blocked, expect, fail, Hold, NotReached, succeed, Undecided } from '../../harness/test.ts';
import { pairText } from './codes.ts';
import { missingRetry } from './passing.ts';
import { followPages, rowId } from './table-rows.ts';

/** What a member of a population is brought to. */
export type MemberKind =
  'succeeded' | 'retried' | 'failed' | 'canceled' | 'running' | 'canceling' | 'waiting';

/** How a population is made up. */
export interface Making {
  /** A kind that does not come about on this target is left out, and that is noted. */
  readonly asFarAsPossible?: boolean;
}

/** Fewer rows than these say nothing of a query. */
const fewest = 3;

/** An own operation with the row that it showed; nothing of it changes while the population stands. */
export interface Member {
  readonly kind: MemberKind;
  readonly operation: Operation;
  readonly id: string;
  readonly row: JsonObject;
  /** `createdon` in epoch milliseconds. */
  readonly created: number;
}

/** Own operations of several kinds that stand still while the check queries the table. */
export interface Population {
  readonly members: readonly Member[];
  /** Ends what still executes. */
  readonly release: () => void;
}

/** The lives that come to their end before the queries; the others are kept open. */
const atRest: readonly MemberKind[] = ['succeeded', 'retried', 'failed', 'canceled'];
/** What a member of each kind shows, and the clause that says so. */
const shows: Readonly<Record<MemberKind, { readonly codes: Codes; readonly clause: ClauseId }>> = {
  succeeded: { codes: pairs.succeeded, clause: 'state.succeeded' },
  retried: { codes: pairs.succeeded, clause: 'state.succeeded' },
  failed: { codes: pairs.failed, clause: 'state.failed' },
  canceled: { codes: pairs.canceled, clause: 'state.canceled' },
  running: { codes: pairs.inProgress, clause: 'state.executing' },
  canceling: { codes: pairs.canceling, clause: 'cancel.shows-canceling' },
  waiting: { codes: pairs.waiting, clause: 'state.waiting' },
};
const holdMs = 2_000;
const apartMs = 3_000;

/**
 * Brings one operation to each of the kinds. On a virtual clock they are created at whole seconds, at
 * least three apart, so that a target which keeps whole seconds keeps all there is. Those that wait
 * come last, since any advance would start them.
 */
export async function populate(
  { submit, clock }: Pick<CheckTools, 'submit' | 'clock'>,
  kinds: readonly MemberKind[],
  { asFarAsPossible = false }: Making = {},
): Promise<Population> {
  const holds: Hold[] = [];
  const release = (): void => holds.forEach((hold) => hold.release(succeed()));
  const order = (kind: MemberKind): number => (atRest.includes(kind) ? 0 : kind === 'waiting' ? 2 : 1);
  const members: Member[] = [];
  let missing: NotReached | undefined;
  try {
    for (const kind of [...kinds].sort((one, other) => order(one) - order(other))) {
      const now = await clock.now();
      const before = clock.virtual ? await clock.advance(apartMs + 1_000 - (now % 1_000)) : now;
      const operation = await submitted(kind, submit, holds);
      const row = await settledRow(kind, operation, clock.virtual).catch((error: unknown) => {
        if (!asFarAsPossible || !(error instanceof NotReached)) throw error;
        operation.accepted.note(error.blockedBy, error.why, error.certain);
        missing ??= error;
      });
      if (row === undefined) continue;
      const created = Date.parse(String(row['createdon']));
      if (Number.isNaN(created)) throw new Blocked('table.times', `createdon is ${show(row['createdon'])}`);
      // Filters compare what is stored: a row that shows another time is for another clause to judge.
      if (clock.virtual && Math.abs(created - before) > 1_000)
        throw new Blocked(
          'table.times',
          `createdon is ${show(row['createdon'])}, not the time of submission`,
        );
      members.push({ kind, operation, id: operation.id, row, created });
    }
    if (missing !== undefined && members.length < fewest) throw missing;
  } catch (error) {
    release();
    throw error;
  }
  return { members, release };
}

/**
 * A query can only be judged by rows that show what they are: a fault of an operation's state, or of the
 * row's, is no fault of the query.
 */
function requireCodes(kind: MemberKind, monitor: ShownCodes, row: ShownCodes, virtual: boolean): void {
  const { codes, clause } = shows[kind];
  if (!sameCodes(monitor, codes)) {
    const why = `the monitor of an operation that is ${kind} shows ${pairText(monitor)}`;
    // In real time an operation may have gone on meanwhile.
    throw virtual ? new NotReached(clause, why) : new Undecided(why);
  }
  if (sameCodes(row, codes)) return;
  const why = `the monitor of an operation that is ${kind} shows ${pairText(monitor)}, its row ${pairText(row)}`;
  throw virtual ? new NotReached('monitor.agrees-with-row', why) : new Undecided(why);
}

/** Submits the operation of a member. */
async function submitted(kind: MemberKind, submit: CheckTools['submit'], holds: Hold[]): Promise<Operation> {
  if (kind === 'running' || kind === 'canceling') {
    const hold = new Hold(holdMs);
    holds.push(hold);
    return submit({ attempts: [hold] });
  }
  const attempts = { retried: [fail(), succeed()], failed: [fail()] };
  return submit(kind === 'retried' || kind === 'failed' ? { attempts: attempts[kind] } : {});
}

/** Brings an operation to its kind, and gives the row that it shows there. */
async function settledRow(kind: MemberKind, operation: Operation, virtual: boolean): Promise<JsonObject> {
  if (kind === 'running' || kind === 'canceling') await operation.started();
  if (kind === 'canceled' || kind === 'canceling') await operation.canceled();
  if (atRest.includes(kind)) await operation.finished();
  const made = operation.parts.play?.attempts.length;
  if (kind === 'retried' && made === 1)
    throw new NotReached(await missingRetry(operation), 'its first failure was its end');
  const codes = await operation.monitor();
  const shown = await operation.rowWhen((reading) => sameCodes(reading, codes));
  requireCodes(kind, codes, shown, virtual);
  return shown.row;
}

/** Whether a member belongs to the answer; undefined where its shown precision does not tell. */
export type Belongs = (member: Member) => boolean | undefined;

/**
 * Demands that a filter returns exactly the members that belong to it. Rows that are not of the
 * population are left aside, unless `alone` says that there must be none. Many clients escape the dollar sign of an
 * option, which is the same option.
 */
export async function expectMatches(
  client: Client,
  { members }: Population,
  $filter: string,
  belongs: Belongs,
  { alone = false, escaped = false }: { readonly alone?: boolean; readonly escaped?: boolean } = {},
): Promise<void> {
  const told = members.filter((member) => belongs(member) !== undefined);
  const wanted = told.filter((member) => belongs(member) === true).map(nameOf);
  const read = async (): Promise<{ found: string[]; foreign: string[]; answer: Answer | undefined }> => {
    const dollar = escaped ? '%24' : '$';
    const options = { [`${dollar}select`]: table.key, [`${dollar}filter`]: $filter };
    const pages = await followPages(client, options);
    const ids = pages.flatMap((page) => page.rows.map(rowId));
    return {
      // A row that stands in the answer twice is told twice.
      found: told.flatMap((member) => ids.filter((id) => id === member.id).map(() => nameOf(member))),
      foreign: ids.filter((id) => members.every((member) => member.id !== id)),
      answer: pages.at(-1)?.answer,
    };
  };
  const right = ({ found, foreign }: { found: string[]; foreign: string[] }): boolean =>
    found.join() === wanted.join() && (!alone || foreign.length === 0);
  // A member that waits must go on waiting: its presence keeps `consistent` from letting time pass.
  const anchor = members.find(({ kind }) => kind === 'waiting') ?? members[0];
  const seen = anchor === undefined ? await read() : await anchor.operation.consistent(read, right);
  expect(seen.found, `the own rows for $filter=${$filter}`, seen.answer).toEqual(wanted);
  if (alone) expect(seen.foreign, `the other rows for $filter=${$filter}`, seen.answer).toEqual([]);
}

function nameOf({ kind, id }: Member): string {
  return `${kind} ${id}`;
}
