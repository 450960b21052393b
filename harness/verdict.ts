import type { ClauseId } from '../contract/clauses.ts';
import type { Evidence } from '../record/evidence.ts';
import type { Blame, Outcome } from '../record/outcome.ts';
import { causeText, type Cause } from '../record/cause.ts';
import { lookalikes } from './lookalikes.ts';
import { maskDeep, maskText } from './mask.ts';
import type { Origin } from './origin.ts';

/** Endings in the order in which they were raised; of very many only the newest. */
class RaisedEndings {
  #list: Ending[] = [];

  add(ending: Ending): void {
    if (this.#list.length >= 2_000) this.#list = this.#list.slice(-1_000);
    this.#list.push(ending);
  }

  clear(): void {
    this.#list = [];
  }

  /** The newest whose first line stands in this text. */
  in(text: string): Ending | undefined {
    return this.#list.findLast(({ message }) => text.includes(message.split('\n', 1)[0] ?? ''));
  }
}

/**
 * How a check ends when it does not pass: a check throws one of these, and the runner turns it into
 * a raw outcome. Anything else that is thrown is a fault of the suite. Secrets in its words are masked.
 */
export abstract class Ending extends Error {
  abstract readonly outcome: Outcome;
  readonly evidence: readonly Evidence[];
  /** Who is at fault where a check could not be decided and it is not the target. */
  readonly blame: Blame | undefined;
  /** Why it could not be decided, where that is of a known kind. */
  override readonly cause: Cause | undefined = undefined;

  constructor(message: string, evidence: readonly Evidence[] = [], blame?: Blame) {
    super(maskText(message));
    this.name = new.target.name;
    this.evidence = evidence;
    this.blame = blame;
    Ending.raised.add(this);
  }

  /**
   * The endings raised since the check began. Playwright hands a fixture only the text of an error, so the
   * fixture finds the value here; a process runs one check at a time. A check may catch one and throw it
   * later, after others.
   */
  static readonly raised = new RaisedEndings();
}

/** The clause is broken: what was looked at, what the contract wants, what came. */
export class Broken extends Ending {
  readonly outcome = 'failed';
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
  /** The exchange or delivery in which it shows, where it shows in one. */
  readonly origin: Origin | undefined;

  constructor(
    subject: string,
    expected: string,
    actual: string,
    { evidence = [], origin }: { evidence?: readonly Evidence[]; origin?: Origin | undefined } = {},
  ) {
    super(`${subject}: expected ${expected}, got ${actual}${alike(expected, actual)}`, [
      maskDeep({ kind: 'mismatch' as const, subject, expected, actual, ...origin }),
      ...evidence,
    ]);
    this.origin = origin;
    this.subject = subject;
    this.expected = expected;
    this.actual = actual;
  }
}

function alike(expected: string, actual: string): string {
  const difference = lookalikes(expected, actual);
  return difference === undefined ? '' : `; ${difference}`;
}

/**
 * Something that the check builds on was seen to be broken. The breach is charged to that other clause,
 * whatever its own checks see; what was not seen for certain is {@link Undecided}.
 */
export class Blocked extends Ending {
  readonly outcome = 'inconclusive';
  override readonly cause: Cause;
  readonly blockedBy: ClauseId;
  /** What was seen of the other clause. */
  readonly why: string;

  /** Whether one answer shows the breach by itself; else it was concluded, and the clause's own checks know better. */
  readonly certain: boolean;

  constructor(blockedBy: ClauseId, why: string, certain = false) {
    const cause: Cause = { kind: 'blocked', clause: blockedBy, why };
    super(causeText(cause));
    this.cause = { ...cause, why: maskText(why) };
    this.blockedBy = blockedBy;
    this.certain = certain;
    this.why = maskText(why);
  }
}

/**
 * What the check speaks of never comes about on this target, since that breaks another clause: no retry
 * comes, so nothing can be seen after one. A clause whose other checks hold is not left undecided by it.
 */
export class NotReached extends Blocked {}

/** The check ran and could not decide: a race went the other way, a wait was too noisy. */
export class Undecided extends Ending {
  readonly outcome = 'inconclusive';
}

/** The target lacks what the check needs; the message says what, and what would make it testable. */
export class NotTestable extends Ending {
  readonly outcome = 'not-tested';
}

/** No usable answer came: refused, reset, timed out, TLS, too large. Says nothing about any clause. */
export class TransportError extends Ending {
  readonly outcome = 'unanswered';
}

/**
 * Something between suite and target spoiled a request that may have been taken. The check is run again
 * from its start; where that does not help it could not be decided.
 */
export class Interrupted extends Ending {
  readonly outcome = 'inconclusive';
}
