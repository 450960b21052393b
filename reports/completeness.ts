import type { Clause, Need } from '../contract/clause.ts';
import { lackingNeeds } from '../contract/needs.ts';
import type { Blame, Outcome } from '../record/outcome.ts';
import { budgetUsedUp } from '../record/cause.ts';
import type { ClauseResult, Result } from '../record/result.ts';

/** What decides whether a run is complete, besides the verdicts. */
export interface Wanted {
  readonly leftOut?: ReadonlySet<string>;
  readonly offers?: readonly Need[];
  readonly run: Result['run'];
}

/**
 * Why a run is incomplete, in one sentence; undefined when it is complete. It is incomplete when a
 * MUST clause had no executed check although it was wanted and the target offers what it needs, or
 * when a breach of it was met and could not be established, when such a check got no usable answer, ended by a fault of the suite, or was kept from deciding by the
 * request budget or by somebody else who is not the target.
 */
export function incompleteness(
  catalogued: readonly Clause[],
  results: readonly ClauseResult[],
  { leftOut, offers, run }: Wanted,
): string | undefined {
  const clauses = new Map(catalogued.map((clause) => [clause.id, clause]));
  const wanted = results.filter(({ id, level }) => level === 'MUST' && leftOut?.has(id) !== true);
  const ended = (how: Outcome): ClauseResult[] =>
    wanted.filter(({ checks }) =>
      checks.some(({ outcome, blame }) => outcome === how && blame === undefined),
    );
  const broken = ended('error');
  const unanswered = ended('unanswered');
  const unpaid = wanted.filter(({ checks }) => checks.some(({ cause }) => cause?.kind === 'budget'));
  const once = wanted.filter(
    ({ verdict, checks }) => verdict === 'inconclusive' && checks.some(({ seenOnce }) => seenOnce === true),
  );
  const without =
    run.shard === undefined
      ? wanted.filter(
          ({ id, checks }) =>
            checks.length === 0 && lackingNeeds(clauses.get(id)?.needs ?? [], offers).length === 0,
        )
      : [];
  const blamed = Map.groupBy(
    wanted.filter(({ verdict }) => verdict === 'inconclusive'),
    ({ blame }) => blame,
  );
  const reasons = [
    ...[...blamed].flatMap(([blame, theirs]) =>
      blame === undefined ? [] : [`${culprits[blame]} kept checks of ${ids(theirs)} from deciding`],
    ),
    ...(unanswered.length === 0 ? [] : [`the target gave no usable answer to checks of ${ids(unanswered)}`]),
    ...(broken.length === 0
      ? []
      : [`the suite itself failed in checks of ${ids(broken)}, which is not the target’s fault`]),
    ...(unpaid.length === 0 ? [] : [`${budgetUsedUp} before all checks of ${ids(unpaid)} could decide`]),
    ...(once.length === 0
      ? []
      : [
          `a breach of ${ids(once)} was met and could not be established: seen once and not again, or only concluded`,
        ]),
    ...(without.length === 0 ? [] : [`no check was run for ${ids(without)}`]),
  ];
  return reasons.length === 0 ? undefined : `${reasons.join('; ')}.`;
}

/** Who kept checks from deciding, in words. */
export const culprits: Readonly<Record<Blame, string>> = {
  gateway: 'a gateway in front of the target',
  network: 'the network',
  'sign-in': 'the sign-in service',
  clock: 'the clock of the target',
  listener: 'the listener of the suite, which could not be reached,',
  restart: 'a restart of the target',
  neighbour: 'somebody else who works with the same target',
  suite: 'the suite itself',
};

function ids(clauses: readonly ClauseResult[]): string {
  const shown = clauses.slice(0, 5).map(({ id }) => id);
  const more = clauses.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more MUST clauses`;
}
