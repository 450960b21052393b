import { isDeepStrictEqual } from 'node:util';
import { findClause, type ClauseId } from '../../contract/clauses.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import { show } from '../../harness/expect.ts';
import type { Operation } from '../../harness/operation.ts';
import { isTerminal, monitorCodesIn, type ShownCodes } from '../../harness/reading.ts';
import type { RestedStory } from '../model/expect-life.ts';
import type { ViewMismatch } from '../model/mismatch.ts';
import { attemptsOf, type Story } from '../model/story.ts';
import { describe, type Combination, type SubmissionWay } from './combinations.ts';

const aboutState: ReadonlySet<string> = new Set<ClauseId>([
  'state.known-pairs',
  'state.waiting',
  'state.executing',
  'state.succeeded',
  'state.failed',
  'state.canceled',
  'retry.recovers',
  'retry.not-terminal-between',
  'cancel.shows-canceling',
  'cancel.running-is-not-stopped',
]);

/** Clauses that speak of the same lives: what is wrong with one of them shows in another. */
const ofLife = /^(?:cancel|retry|state|time-limit)\./;

const ways: Readonly<Record<SubmissionWay, ClauseId>> = {
  'organization service': 'sdk.same-operation',
  'strong consistency': 'flow.strong-consistency',
  disconnect: 'submit.survives-disconnect',
};

/** One operation that is watched from its submission to its end and beyond. */
export class Subject {
  readonly operation: Operation;
  readonly combination: Combination;
  readonly submittedAt: number;
  /** The systemuserid of its initiator; undefined where it is not known. */
  readonly userId: string | undefined;
  #left = false;
  /** What does not fit of one that was submitted in another way: judged when all have been looked at. */
  readonly #ofWay: { readonly clause: ClauseId; readonly reason: string }[] = [];
  /** The clauses that were broken. */
  readonly broken = new Set<ClauseId>();
  canceled: Story['canceled'];
  /** What the monitor shows at rest. */
  atRest: JsonObject | undefined;
  attemptsBeforeCancel = 0;
  /** Whether it was asked for twice. */
  canceledTwice = false;
  /** The codes at its end. */
  end: ShownCodes | undefined;
  /** An output that the monitor did not show when the callback arrived. */
  missingOnArrival: string | undefined;
  /** After so many attempts it showed its end although a retry was due. */
  endedEarly: number | undefined;
  /** Whether a cancellation is under way, so that its end may come before its answer. */
  canceling = false;
  /** Whether its row came with labels that were asked for as it is documented. */
  labelled = false;
  /** Whether it was looked at in all views when its callback arrived. */
  seenOnArrival = false;
  /** As what it was looked at in a list before its end. */
  readonly seenInList = new Set<'canceled' | 'between'>();
  /** The attempts after which it was looked at while a retry was awaited, and those during which. */
  readonly seenBetween = new Set<number>();
  readonly seenRunning = new Set<number>();

  constructor(
    operation: Operation,
    combination: Combination,
    submittedAt: number,
    userId: string | undefined,
  ) {
    this.operation = operation;
    this.combination = combination;
    this.submittedAt = submittedAt;
    this.userId = userId;
  }

  /** Whether its row could be read. */
  hasRow = false;
  /** What its rows showed, by their tags. */
  readonly #rowsByTag = new Map<string, JsonObject>();

  /** Holds a row against those with the same tag: what has changed has another one. */
  noteTag(row: JsonObject, when: string): void {
    this.hasRow = true;
    const tag = row['@odata.etag'];
    if (typeof tag !== 'string') return;
    const before = this.#rowsByTag.get(tag) ?? {};
    this.#rowsByTag.set(tag, { ...before, ...row });
    const changed = Object.keys(row).find(
      (name) => !name.includes('@') && name in before && !isDeepStrictEqual(before[name], row[name]),
    );
    if (changed === undefined) return;
    const reason = `the row still has the tag ${tag}, though ${changed} was ${show(before[changed])} and is ${show(row[changed])}`;
    this.note([{ clause: 'table.etag-conditional', reason }], when);
  }

  /** Nothing more is held against it: what was done to it is not what the contract has. */
  leave(): void {
    this.#left = true;
  }

  /** What happened to it so far. */
  story(now: number): RestedStory {
    const ended = this.end !== undefined;
    return {
      operation: this.operation,
      attempts: attemptsOf(this.operation, ended),
      canceled: this.canceled,
      ended,
      submittedAt: this.submittedAt,
      now,
      attemptsBeforeCancel: this.attemptsBeforeCancel,
      canceledTwice: this.canceledTwice,
    };
  }

  /** Charges what does not fit to the clauses that it breaks. */
  note(mismatches: readonly ViewMismatch[], when: string): void {
    if (this.#left) return;
    // One that is executed once more after its cancellation shows what it does then.
    const wrongly = this.canceled !== undefined && this.operation.attempts.length > this.attemptsBeforeCancel;
    for (const { clause, reason } of mismatches) {
      if (wrongly && aboutState.has(clause)) continue;
      // What follows from a wrong state is no further breach.
      this.#left ||= aboutState.has(clause);
      this.broken.add(clause);
      const told = { clause, reason: `${reason}, ${when} (${describe(this.combination)})` };
      if (this.combination.by === undefined) this.operation.accepted.note(told.clause, told.reason);
      else this.#ofWay.push(told);
    }
  }

  /** Charges what is wrong with one that was submitted in another way to that way, where it is right as usual. */
  noteWay(usual: ReadonlySet<ClauseId>): void {
    const { by } = this.combination;
    if (by === undefined) return;
    const lifeIsWrong = [...usual].some((clause) => ofLife.test(clause));
    for (const { clause, reason } of this.#ofWay) {
      if (usual.has(clause) || (lifeIsWrong && ofLife.test(clause))) continue;
      const way =
        by === 'organization service' && clause.startsWith('callback.') ? 'sdk.callback-uri' : ways[by];
      // What is only recommended is no more than that in any way.
      this.operation.accepted.note(findClause(clause)?.level === 'MUST' ? way : clause, reason);
    }
  }

  /** Learns from an answer of the monitor whether the operation has come to its end; `atLast` nothing is due any more. */
  learn(answer: Answer, atLast = false): void {
    const codes = monitorCodesIn(answer);
    // One that shows an end although a retry is still due has not come to it.
    const due = this.over === false && !atLast;
    if (codes !== undefined && isTerminal(codes) && !due) this.end ??= codes;
  }

  /** What a cancellation would meet now. */
  get doing(): NonNullable<Story['canceled']> {
    const last = attemptsOf(this.operation, false).at(-1);
    return last === undefined ? 'waiting' : last.end === 'running' ? 'running' : 'between';
  }

  /** Whether nothing more can happen but its end; undefined where the contract leaves it open. */
  get over(): boolean | undefined {
    const attempts = attemptsOf(this.operation, false);
    const last = attempts.at(-1);
    if (last === undefined) return this.canceled !== undefined;
    if (last.end === 'running') return this.combination.ending === 'time-out' ? undefined : false;
    if (last.end === 'succeeded' || this.canceled !== undefined || attempts.length >= 4) return true;
    return last.end === 'platform' ? undefined : false;
  }
}
