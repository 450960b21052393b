import type { Basis, Level } from '../contract/clause.ts';
import type { Blame, Disruption, Evidence, Finding, Outcome } from '../harness/evidence.ts';
import type { Seen } from './seen-types.ts';

/** Version of the result file's format; it grows when a reader of the old format would be misled. */
export const schemaVersion = 1;

/** The verdict on one clause, derived from the outcomes of its checks. */
export type Verdict =
  'passed' | 'failed' | 'warned' | 'inconclusive' | 'not-tested' | 'observed' | 'known-deviation';

/** One check of a clause, as the result file keeps it. */
export interface CheckResult {
  readonly title: string;
  readonly file: string;
  readonly line?: number;
  readonly branch?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  /** Who is at fault for a check that could not be decided, where it is not the target. */
  readonly blame?: Blame;
  /** The clause whose breach kept the check from deciding. */
  readonly blockedBy?: string;
  /** Breaches of other clauses that the check met; each is charged to its clause. */
  readonly findings?: readonly Finding[];
  /** Set where a breach was seen once, and not again when the check was run again. */
  readonly seenOnce?: true;
  /** Where the check was made of a finding: the clause whose check met it. */
  readonly metBy?: string;
  /** The titles of all checks that met the same breach. */
  readonly places?: readonly string[];
  readonly observed?: readonly string[];
  readonly durationMs: number;
  /** Evidence of checks that did not pass; that of passed ones stands in `evidence/`, when asked for. */
  readonly evidence?: readonly Evidence[];
  /** File of the evidence, relative to the result file. */
  readonly evidenceFile?: string;
}

/** One clause of the catalogue with its verdict. */
export interface ClauseResult {
  readonly id: string;
  readonly section: string;
  readonly level: Level;
  readonly basis: Basis;
  /** Address of the source, with anchor. */
  readonly source: string;
  readonly duty: string;
  readonly verdict: Verdict;
  /** Why this verdict, in one sentence; always there unless plainly passed. */
  readonly reason?: string;
  /** For an inconclusive clause: who is at fault, where it is not the target. */
  readonly blame?: Blame;
  /** Names of deviations that the suite was seen to catch with this clause (adequacy). */
  readonly provenBy?: readonly string[];
  readonly checks: readonly CheckResult[];
  /** For a known deviation: the reason that its list gives. */
  readonly knownDeviation?: string;
}

/** The exit status of a run with its reasons. */
export interface Gate {
  /** 0 held, 1 failed, 3 not finished. */
  readonly status: number;
  /** Whether a pipeline stops. */
  readonly failed: boolean;
  /** One sentence for each reason: the option, the count, the first clauses, and what to do; empty for status 0. */
  readonly why: readonly string[];
}

/** The verdict on a named set of capabilities. */
export interface ProfileVerdict {
  readonly name: string;
  readonly verdict: 'conformant' | 'not-conformant' | 'undecided' | 'not-offered';
  /** Its required clauses by what became of them; their sum is the whole profile. */
  readonly musts: {
    readonly held: number;
    /** Known deviations too. */
    readonly broken: number;
    readonly undecided: number;
    readonly untested: number;
  };
}

/** Number of clauses by verdict; the sum is the whole catalogue. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
  readonly inconclusive: number;
  readonly notTested: number;
  readonly observed: number;
  readonly knownDeviations: number;
}

/** The result file, `conformance.json`. */
export interface Result {
  readonly schemaVersion: typeof schemaVersion;
  readonly suite: { readonly name: string; readonly version: string };
  readonly catalogue?: { readonly version: string; readonly documentation: string };
  readonly target: { readonly name: string; readonly kind: string; readonly url: string };
  readonly run: {
    readonly startedAt: string;
    readonly durationMs: number;
    /** With which the run marked what it made in the target, see `bgop cleanup --run`. */
    readonly id?: string;
    readonly seed: number;
    readonly runs: number;
    /** Set when the run did not end as planned: why, in one sentence. */
    readonly incomplete?: string;
    /** What else makes the run fail, e.g. a known deviation that no longer deviates; each says what to change. */
    readonly problems?: readonly string[];
    /** What disturbed the run from outside, one entry a kind. */
    readonly disruptions?: readonly Disruption[];
    /** Which part of a sharded run this file holds, e.g. "1/3", or "1+3/3" where not all were joined. */
    readonly shard?: string;
    /** The patterns of `--only`, where given. */
    readonly only?: readonly string[];
    readonly slow?: boolean;
    /** Requests that were sent to the target, without those of the clock interface and of the sign-in. */
    readonly requests?: number;
    readonly clock?: 'real' | 'virtual';
    /** The command that repeats this run. */
    readonly command?: string;
    /** What the run says to a pipeline: its exit status and why. */
    readonly gate?: Gate;
  };
  readonly summary: Summary;
  /** Named sets of capabilities, each with a verdict of its own. */
  readonly profiles?: readonly ProfileVerdict[];
  /** What the run saw of the lifecycle, for the pictures of the page. */
  readonly seen?: Seen;
  readonly clauses: readonly ClauseResult[];
}
