import { maskText } from '../../harness/mask.ts';
import type { RunMeta } from '../../record/run-meta.ts';
import type { DoctorFinding } from './finding.ts';

/** The findings in lines, for people. */
export function findingLines(findings: readonly DoctorFinding[]): string[] {
  const width = Math.max(0, ...findings.map(({ id }) => id.length));
  const count = (wanted: DoctorFinding['outcome']): number =>
    findings.filter(({ outcome }) => outcome === wanted).length;
  return [
    ...findings.flatMap(({ id, outcome, told, mend }) => [
      `  ${outcome.padEnd(7)}  ${id.padEnd(width)}  ${maskText(told)}`,
      ...(mend === undefined ? [] : [`${' '.repeat(width + 13)}→ ${mend}`]),
    ]),
    '',
    `${count('ok')} ok, ${count('wrong')} wrong, ${count('skipped')} skipped.`,
  ];
}

/** The findings as JSON, for programs. */
export function findingsJson(findings: readonly DoctorFinding[], { suite, target }: RunMeta): unknown {
  return {
    schemaVersion: 1,
    suite,
    target,
    ok: findings.every(({ outcome }) => outcome !== 'wrong'),
    checks: findings.map(({ id, outcome, told, mend }) => ({
      id,
      outcome,
      told: maskText(told),
      ...(mend === undefined ? {} : { mend }),
    })),
  };
}
