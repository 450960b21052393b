import type { ClauseId } from '../../contract/clauses.ts';
import { pairs, type Codes } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { sameCodes, type ShownCodes } from '../../harness/reading.ts';
import { show } from '../../harness/expect.ts';
import { Blocked, fail, Hold, NotReached, succeed, Undecided } from '../../harness/test.ts';
import { pairText } from './codes.ts';
import { missingRetry } from './passing.ts';

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

/** An operation that was brought to its kind, and when it was created. */
interface Brought {
  readonly kind: MemberKind;
  readonly operation: Operation;
  readonly submittedAt: number;
}

/**
 * Brings one operation to each of the kinds. On a virtual clock they are created at whole seconds, at
 * least three apart, so that a target which keeps whole seconds keeps all there is. Those that wait
 * come last, since any advance would start them. Rows may come late: those of one batch are waited for together.
 */
export async function populate(
  { submit, clock }: Pick<CheckTools, 'submit' | 'clock'>,
  kinds: readonly MemberKind[],
  { asFarAsPossible = false }: Making = {},
): Promise<Population> {
  const holds: Hold[] = [];
  const release = (): void => holds.forEach((hold) => hold.release(succeed()));
  const members: Member[] = [];
  let missing: NotReached | undefined;
  const orMissing = async <T>(operation: Operation, made: Promise<T>): Promise<T | undefined> =>
    made.catch((error: unknown) => {
      if (!asFarAsPossible || !(error instanceof NotReached)) throw error;
      operation.accepted.note(error.blockedBy, error.why, error.certain);
      missing ??= error;
      return undefined;
    });
  try {
    for (const batch of batchesOf(kinds)) {
      const brought: Brought[] = [];
      for (const kind of batch) {
        const now = await clock.now();
        const submittedAt = clock.virtual ? await clock.advance(apartMs + 1_000 - (now % 1_000)) : now;
        const operation = await submitted(kind, submit, holds);
        const reached = await orMissing(operation, bring(kind, operation));
        if (reached === true) brought.push({ kind, operation, submittedAt });
      }
      for (const one of brought) {
        const member = await orMissing(one.operation, memberOf(one, clock.virtual));
        if (member !== undefined) members.push(member);
      }
    }
    if (missing !== undefined && members.length < fewest) throw missing;
  } catch (error) {
    release();
    throw error;
  }
  return { members, release };
}

/** Those that come to rest, then those that are kept open, and apart from them those that wait. */
function batchesOf(kinds: readonly MemberKind[]): MemberKind[][] {
  const waiting = kinds.filter((kind) => kind === 'waiting');
  const open = kinds.filter((kind) => kind !== 'waiting' && !atRest.includes(kind));
  return [[...kinds.filter((kind) => atRest.includes(kind)), ...open], waiting];
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

/** Brings an operation to its kind. */
async function bring(kind: MemberKind, operation: Operation): Promise<true> {
  if (kind === 'running' || kind === 'canceling') await operation.started();
  if (kind === 'canceled' || kind === 'canceling') await operation.canceled();
  if (atRest.includes(kind)) await operation.finished();
  const made = operation.parts.play?.attempts.length;
  if (kind === 'retried' && made === 1)
    throw new NotReached(await missingRetry(operation), 'its first failure was its end');
  return true;
}

/** The operation with the row that it shows, once that shows what the monitor does. */
async function memberOf({ kind, operation, submittedAt }: Brought, virtual: boolean): Promise<Member> {
  const codes = await operation.monitor();
  const shown = await operation.rowWhen((reading) => sameCodes(reading, codes));
  requireCodes(kind, codes, shown, virtual);
  const created = Date.parse(String(shown.row['createdon']));
  if (Number.isNaN(created)) throw new Blocked('table.times', `createdon is ${show(shown.row['createdon'])}`);
  // Filters compare what is stored: a row that shows another time is for another clause to judge.
  if (virtual && Math.abs(created - submittedAt) > 1_000)
    throw new Blocked(
      'table.times',
      `createdon is ${show(shown.row['createdon'])}, not the time of submission`,
    );
  return { kind, operation, id: operation.id, row: shown.row, created };
}
