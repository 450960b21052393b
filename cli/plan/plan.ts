import type { Clause } from '../../contract/clause.ts';
import { clauses } from '../../contract/clauses.ts';
import { lackingNeeds } from '../../contract/needs.ts';
import { causeText, type Cause } from '../../record/cause.ts';
import { capabilitiesOf, offersOf } from '../../harness/capabilities.ts';
import type { Config } from '../../harness/config.ts';
import { runMeta } from '../run-meta.ts';
import { total, type Footprint } from './counting.ts';
import { estimate, type Estimate } from './estimate.ts';
import type { Rehearsed } from './rehearse.ts';

/** One check of a planned run. */
interface PlannedCheck extends Footprint {
  readonly title: string;
  readonly file: string;
  readonly branch?: string;
  /** Why it will not be run; absent where it will. */
  readonly notTested?: string;
}

/** What a run would do about one clause. */
export interface PlannedClause {
  readonly id: string;
  readonly level: Clause['level'];
  /** `partly`: some of its checks cannot be run on this target. */
  readonly tested: 'yes' | 'partly' | 'no';
  /** Why not, or not wholly; each reason once, with its way out. */
  readonly reasons: readonly string[];
  /** The same by their kinds; a reason of no known kind is a text. */
  readonly causes: readonly (Cause | string)[];
  readonly does: Footprint;
  readonly checks: readonly PlannedCheck[];
}

/** What `bgop verify` would do with the same options. */
export interface PlannedRun {
  readonly schemaVersion: 1;
  readonly suite: { readonly name: string; readonly version: string };
  readonly target: { readonly name: string; readonly kind: string; readonly url: string };
  readonly run: {
    readonly seed: number;
    readonly runs: number;
    readonly slow: boolean;
    readonly clock: 'real' | 'virtual';
    readonly only?: readonly string[];
    /** The most requests that the configuration allows a run. */
    readonly requestsAllowed?: number;
  };
  /** How long it would take. */
  readonly estimate: Estimate;
  /** Of the whole run, roughly: a target may be right in other ways than the simulator. */
  readonly does: Footprint;
  readonly clauses: readonly PlannedClause[];
}

/** Makes the plan of a run out of its rehearsal; `selected` are ids of clauses, all when absent. */
export function planOf(
  config: Config,
  rehearsed: readonly Rehearsed[],
  only: readonly string[],
  selected: readonly string[] | undefined,
  workers?: number,
): PlannedRun {
  const { suite, target } = runMeta(config);
  if (suite === undefined || target === undefined) throw new Error('The run has no suite or no target.');
  const byClause = Map.groupBy(rehearsed, ({ clause }) => clause);
  const planned = clauses
    .filter(({ id }) => selected?.includes(id) !== false)
    .map((clause) => plannedClause(clause, byClause.get(clause.id) ?? [], config));
  return {
    schemaVersion: 1,
    suite,
    target,
    run: {
      seed: config.properties.seed,
      runs: config.properties.runs,
      slow: config.slow,
      clock: config.target.clock.kind,
      ...(only.length === 0 ? {} : { only }),
      ...(config.budget.requests === null ? {} : { requestsAllowed: config.budget.requests }),
    },
    estimate: estimate(config, rehearsed, workers),
    does: total(planned.map(({ does }) => does)),
    clauses: planned,
  };
}

function plannedClause(clause: Clause, rehearsed: readonly Rehearsed[], config: Config): PlannedClause {
  const { id, level, needs } = clause;
  const lacked = rehearsed.flatMap(({ notTested, cause }) => cause ?? notTested ?? []);
  const missing = lackingNeeds(needs, offersOf(capabilitiesOf(config)));
  const causes: readonly (Cause | string)[] =
    rehearsed.length === 0 ? [{ kind: 'no-check', needs: missing }] : lacked;
  const reasons = causes.map((cause) => (typeof cause === 'string' ? cause : causeText(cause)));
  const tested = lacked.length === rehearsed.length ? 'no' : lacked.length > 0 ? 'partly' : 'yes';
  return {
    id,
    level,
    tested,
    reasons: [...new Set(reasons)],
    causes,
    does: total(rehearsed.map(({ footprint }) => footprint)),
    checks: rehearsed.map(({ title, file, branch, notTested, footprint }) => ({
      title,
      file,
      ...(branch === undefined ? {} : { branch }),
      ...(notTested === undefined ? {} : { notTested }),
      ...footprint,
    })),
  };
}
