/**
 * What a check leaves behind: the raw outcome and the evidence, as plain JSON. Verdicts are derived
 * from these later, by `reports/verdict.ts`; nothing here judges.
 */

/**
 * Text of a body; one over 16 KB is cut and says how long it was, in bytes, its SHA-256 in hex, and the
 * file beside the report that has the whole of it, secrets masked, where that was kept.
 */
export interface BodyText {
  readonly text: string;
  readonly cut?: { readonly bytes: number; readonly sha256: string; readonly file?: string };
}

/** Header fields in the order and casing in which they went over the wire. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** One request of the suite and what came back; `error` stands where no answer came. */
export interface Exchange {
  readonly kind: 'exchange';
  /** When the request left, ISO 8601, the suite's clock. */
  readonly at: string;
  /** The target's clock at that moment, where it is virtual and known. */
  readonly virtualTime?: string;
  readonly durationMs: number;
  /**
   * The numbers of the moments at which the request left and its answer came, counted over the requests
   * of the check: two exchanges whose spans overlap were under way at the same time.
   */
  readonly order?: { readonly from: number; readonly to: number };
  readonly principal: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderFields;
    readonly body?: BodyText;
  };
  readonly response?: { readonly status: number; readonly headers: HeaderFields; readonly body?: BodyText };
  readonly error?: string;
}

/** One request that reached the suite's listener. */
export interface Received {
  readonly kind: 'received';
  readonly at: string;
  readonly virtualTime?: string;
  readonly purpose: 'probe' | 'callback' | 'event' | 'unexpected';
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body: BodyText;
  /** What the listener answered, in words or as status and body. */
  readonly answered: string;
  /** The operation that it belongs to, where known. */
  readonly operationId?: string;
}

/** The suite moved the virtual clock. */
export interface Advanced {
  readonly kind: 'advanced';
  readonly at: string;
  readonly milliseconds: number;
  /** The target's clock afterwards. */
  readonly now: string;
  readonly durationMs: number;
}

/** What was expected and what came instead. */
export interface Mismatch {
  readonly kind: 'mismatch';
  /** What was looked at, e.g. "the status of DELETE". */
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

/** A property that does not hold: the shrunk counterexample and how to see it again. */
export interface Counterexample {
  readonly kind: 'counterexample';
  readonly seed: number;
  /** fast-check's path to the shrunk case. */
  readonly path: string;
  readonly runs: number;
  readonly shrinks: number;
  /** The case in words, one step a line. */
  readonly script: readonly string[];
  readonly curl?: readonly string[];
  readonly http?: string;
  /** For `bgop replay`. */
  readonly token?: string;
}

/** A remark that helps to read the rest, or what a MAY check saw. */
export interface Remark {
  readonly kind: 'remark';
  readonly text: string;
}

/** One row of a history drawn in the report: a span or a moment in the life of one operation. */
export interface TimelineItem {
  readonly lane: 'requests' | 'state' | 'attempts' | 'deliveries' | 'cancellations';
  readonly label: string;
  /** Milliseconds from the beginning of the history. */
  readonly from: number;
  readonly to: number;
  readonly contradiction?: boolean;
}

/** A history that no run of the lifecycle explains, ready to be drawn. */
export interface IllegalHistory {
  readonly kind: 'history';
  readonly operationId: string;
  /** Why it is illegal, in words. */
  readonly reason: string;
  readonly items: readonly TimelineItem[];
}

/** One piece of evidence. */
export type Evidence = Exchange | Received | Advanced | Mismatch | Counterexample | Remark | IllegalHistory;

/**
 * How a check ended, before any verdict: `inconclusive` could not decide, `not-tested` lacked what it
 * needs, `unanswered` got no usable answer from the target (refused, reset, timed out), `error` is a
 * fault of the suite itself.
 */
export type Outcome = 'passed' | 'failed' | 'inconclusive' | 'not-tested' | 'unanswered' | 'error';

/**
 * Who is at fault for a check that could not be decided, where it is not the target's contract: what
 * stands between suite and target, what they both depend on, or the suite itself.
 */
export type Blame =
  'gateway' | 'network' | 'sign-in' | 'clock' | 'listener' | 'restart' | 'neighbour' | 'suite';

/** What disturbed a run from outside, one entry a kind. */
export interface Disruption {
  readonly source: Blame;
  /** What happened, in one plain sentence without a full stop, e.g. "a gateway answered 502 to GET". */
  readonly message: string;
  readonly times: number;
}

/**
 * A breach of a clause that a check observed on its way, while it decides another one: charged to the
 * clause that is broken, by `reports/charges.ts`.
 */
export interface Finding {
  readonly clause: string;
  /** What was observed, in one sentence; for a value "expected …, got …". */
  readonly reason: string;
  /** Whether an answer shows it by itself; else it was concluded, e.g. from what did not come. */
  readonly certain: boolean;
  /** Whether it was seen a second time, by the check when it was run again or by an earlier one. */
  readonly again: boolean;
}

/** What one test tells of one clause. */
export interface RawCheck {
  readonly clause: string;
  readonly title: string;
  /** Relative to the suite's root. */
  readonly file: string;
  readonly line: number;
  /** Which branch of the clause was checked, e.g. "after failure". */
  readonly branch?: string;
  readonly outcome: Outcome;
  /** In one sentence; for a failure "expected …, got …". */
  readonly reason?: string;
  /** The clause whose breach kept this check from deciding. */
  readonly blockedBy?: string;
  /** Set where what the check speaks of never came about, since the target breaks that clause. */
  readonly unreached?: true;
  /** Who is at fault for a check that could not be decided, where it is not the target. */
  readonly blame?: Blame;
  /** Breaches of other clauses that the check observed. */
  readonly findings?: readonly Finding[];
  /** Set where a breach was seen once, and not again when the check was run again. */
  readonly seenOnce?: true;
  /** For a finding that is charged to this clause: the clause whose check met it. */
  readonly metBy?: string;
  /** The titles of all checks that met the same, where they are several. */
  readonly places?: readonly string[];
  /** What a MAY check saw, in short sentences. */
  readonly observed?: readonly string[];
  readonly startedAt: string;
  readonly durationMs: number;
  readonly evidence: readonly Evidence[];
}
