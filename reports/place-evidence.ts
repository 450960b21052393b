import type { Evidence } from '../harness/evidence.ts';
import type { CheckResult, Result } from './result.ts';

/** A result as it is written, and the evidence files beside it, by name relative to the report. */
export interface Placed {
  readonly result: Result;
  readonly files: ReadonlyMap<string, readonly Evidence[]>;
}

/**
 * Decides where evidence goes: that of checks that did not pass stays in the result file, that of
 * passed ones goes to a file of its own when it is wanted, and is dropped otherwise.
 */
export function placeEvidence(result: Result, { passed }: { readonly passed: boolean }): Placed {
  const files = new Map<string, readonly Evidence[]>();
  const clauses = result.clauses.map((clause) => ({
    ...clause,
    checks: clause.checks.map((check, index) => {
      if (check.outcome !== 'passed' || check.evidence === undefined) return check;
      const { evidence, ...rest } = check;
      if (!passed) return rest;
      const evidenceFile = evidenceName(clause.id, index);
      files.set(evidenceFile, evidence);
      return { ...rest, evidenceFile } satisfies CheckResult;
    }),
  }));
  return { result: { ...result, clauses }, files };
}

/** The name of the evidence file of a clause's check, counted from 0. */
export function evidenceName(clause: string, index: number): string {
  return `evidence/${clause}-${index + 1}.json`;
}
