import type { Basis, Level } from '../../../contract/clause.ts';
import type { CaughtIn } from '../../../record/caught-in.ts';
import type { CheckResult, Result, Verdict } from '../../../record/result.ts';
import type { Seen } from '../../../record/seen.ts';

/** One clause as the page's list and map need it; its checks stand in a chunk of their own. */
export interface PageClause {
  readonly id: string;
  readonly section: string;
  readonly level: Level;
  readonly basis: Basis;
  readonly duty: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly why?: string;
  /** What a target must offer, in words. */
  readonly needs?: string;
  readonly source: { readonly url: string; readonly title: string; readonly note?: string };
  readonly provenBy?: readonly string[];
  readonly caughtIn?: CaughtIn;
  readonly knownDeviation?: string;
  readonly checks: number;
  readonly durationMs: number;
}

/** What the page knows at once. */
export interface PageData {
  readonly suite: Result['suite'];
  readonly target: Result['target'];
  readonly run: Result['run'];
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly clauses: readonly PageClause[];
  readonly seen?: Seen;
}

/** One check as a clause's page shows it. */
export interface PageCheck extends CheckResult {
  /** Set when the page holds less evidence than there is: how much less, in words. */
  readonly shortened?: string;
}

/** The checks of one clause; gzipped and base64-coded in the page, unpacked when the clause is opened. */
export type PageChunk = readonly PageCheck[];
