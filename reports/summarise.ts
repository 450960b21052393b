import type { ClauseResult, Summary, Verdict } from '../record/result.ts';

/** The verdicts, in the order in which a reader wants to hear of them. */
export const verdicts: readonly Verdict[] = [
  'failed',
  'known-deviation',
  'warned',
  'inconclusive',
  'not-tested',
  'observed',
  'passed',
];

/** The member of {@link Summary} that counts a verdict. */
export const counted = {
  passed: 'passed',
  failed: 'failed',
  warned: 'warned',
  inconclusive: 'inconclusive',
  'not-tested': 'notTested',
  observed: 'observed',
  'known-deviation': 'knownDeviations',
} as const satisfies Record<Verdict, keyof Summary>;

/** Counts clauses by verdict; the sum is the number of clauses. */
export function summarise(clauses: readonly Pick<ClauseResult, 'verdict'>[]): Summary {
  const counts = {
    passed: 0,
    failed: 0,
    warned: 0,
    inconclusive: 0,
    notTested: 0,
    observed: 0,
    knownDeviations: 0,
  };
  for (const { verdict } of clauses) counts[counted[verdict]] += 1;
  return counts;
}
