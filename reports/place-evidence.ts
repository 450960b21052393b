import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Evidence } from '../record/evidence.ts';
import { readText } from '../harness/files.ts';
import type { CheckResult, ClauseResult, Result } from '../record/result.ts';

/** A result as it is written, as the page shows it, and the evidence files beside it, by relative name. */
export interface Placed {
  readonly file: Result;
  readonly page: Result;
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>;
}

/**
 * Decides where evidence goes: that of checks that did not pass stays in the result file; that of
 * passed ones goes to files of its own when it is wanted, and is dropped otherwise. The page shows
 * whatever is kept.
 */
export function placeEvidence(result: Result, { passed }: { readonly passed: boolean }): Placed {
  const evidence = new Map<string, readonly Evidence[]>();
  const place = (clause: ClauseResult, show: boolean): ClauseResult => ({
    ...clause,
    checks: clause.checks.map((check, index) => {
      if (check.outcome !== 'passed' || check.evidence === undefined) return check;
      const { evidence: found, evidenceFile = evidenceName(clause.id, index), ...rest } = check;
      if (!passed) return rest;
      evidence.set(evidenceFile, found);
      return { ...rest, ...(show ? { evidence: found } : {}), evidenceFile } satisfies CheckResult;
    }),
  });
  return {
    file: { ...result, clauses: result.clauses.map((clause) => place(clause, false)) },
    page: { ...result, clauses: result.clauses.map((clause) => place(clause, true)) },
    evidence,
  };
}

/** The name of the evidence file of a clause's check, counted from 0. */
function evidenceName(clause: string, index: number): string {
  return `evidence/${clause}-${index + 1}.json`;
}

/** Whether a file in `evidence/` has a name that a report gives: of a clause's check, or of a whole body. */
export function isEvidenceName(name: string): boolean {
  return /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+-\d+\.json|body-[0-9a-f]{64}\.txt)$/.test(name);
}

/** The evidence files that a result names. */
export function evidenceFiles(result: Result): string[] {
  return result.clauses.flatMap(({ checks }) => checks.flatMap(({ evidenceFile }) => evidenceFile ?? []));
}

/**
 * A result with the evidence that its files hold, so that a page made again shows it too. A file that
 * is gone, is a link, or holds something else is no error; the same result comes back when there is
 * nothing to add.
 */
export async function withEvidenceFiles(directory: string, result: Result): Promise<Result> {
  const found = new Map<string, readonly Evidence[]>();
  const wanted = result.clauses.flatMap(({ checks }) =>
    checks.filter(({ evidence }) => evidence === undefined),
  );
  for (const { evidenceFile } of wanted) {
    if (evidenceFile === undefined) continue;
    const pieces = await piecesIn(directory, evidenceFile);
    if (pieces !== undefined) found.set(evidenceFile, pieces);
  }
  if (found.size === 0) return result;
  const clauses = result.clauses.map((clause) => ({
    ...clause,
    checks: clause.checks.map((check) => {
      const evidence = found.get(check.evidenceFile ?? '');
      return evidence === undefined ? check : { ...check, evidence };
    }),
  }));
  return { ...result, clauses };
}

async function piecesIn(directory: string, name: string): Promise<Evidence[] | undefined> {
  try {
    if (!isEvidenceName(name.slice('evidence/'.length)) || (await isLink(path.join(directory, 'evidence'))))
      return undefined;
    const pieces: unknown = JSON.parse(await readText(path.join(directory, name), { links: false }));
    return Array.isArray(pieces) ? (pieces as Evidence[]) : undefined;
  } catch {
    return undefined;
  }
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file)).isSymbolicLink();
}
