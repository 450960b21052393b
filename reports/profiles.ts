import type { Clause } from '../contract/clause.ts';
import { clauses as wholeCatalogue } from '../contract/clauses.ts';
import { clausesOf, findProfile, ownClauses, profiles, type Profile } from '../contract/profiles.ts';
import type { ClauseResult, ProfileVerdict, Result } from '../record/result.ts';
import { isLeftOut } from './standing.ts';

/** A profile of a result, with the ids of its required clauses. */
export interface ProfileResult extends ProfileVerdict {
  readonly clauses: readonly string[];
}

/** The prefix that tells a profile from a section in `--require`. */
export const profilePrefix = 'profile:';

/** The profile that a word of `--require` names; undefined for the name of a section. */
export function namedProfile(name: string): Profile | undefined {
  return name.startsWith(profilePrefix) ? findProfile(name.slice(profilePrefix.length)) : undefined;
}

/**
 * The verdict on each profile. A profile is conformant only when every required clause in it was decided
 * and holds; a known deviation is a broken clause here. It is not offered when none of the clauses that it
 * adds was tested, though all were wanted. Profiles without a clause in the catalogue are left out.
 */
export function profilesOf(
  result: Pick<Result, 'clauses' | 'run'>,
  catalogued: readonly Clause[] = wholeCatalogue,
): ProfileResult[] {
  const byId = new Map(result.clauses.map((clause) => [clause.id, clause]));
  const found = (some: readonly Clause[]): ClauseResult[] =>
    some.flatMap(({ id, level }) => (level === 'MUST' ? (byId.get(id) ?? []) : []));
  return profiles.flatMap((profile) => {
    const all = found(clausesOf(profile, catalogued));
    if (all.length === 0) return [];
    const musts = countMusts(all);
    const own = found(ownClauses(profile, catalogued));
    const offered = own.some((clause) => clause.verdict !== 'not-tested' || isLeftOut(clause, result));
    return {
      name: profile.name,
      meaning: profile.meaning,
      verdict: offered ? verdictOf(musts) : 'not-offered',
      musts,
      clauses: all.map(({ id }) => id),
    };
  });
}

/** The profiles as the result file has them. */
export function profileVerdicts(
  result: Pick<Result, 'clauses' | 'run'>,
  catalogued?: readonly Clause[],
): ProfileVerdict[] {
  return profilesOf(result, catalogued).map(({ name, meaning = '', verdict, musts }) => ({
    name,
    meaning,
    verdict,
    musts,
  }));
}

function countMusts(clauses: readonly ClauseResult[]): ProfileVerdict['musts'] {
  const number = (...verdicts: readonly ClauseResult['verdict'][]): number =>
    clauses.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    held: number('passed'),
    broken: number('failed', 'known-deviation'),
    undecided: number('inconclusive'),
    untested: number('not-tested'),
  };
}

function verdictOf({ broken, undecided, untested }: ProfileVerdict['musts']): ProfileVerdict['verdict'] {
  if (broken > 0) return 'not-conformant';
  return undecided + untested > 0 ? 'undecided' : 'conformant';
}
