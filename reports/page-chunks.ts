import { gzipSync } from 'node:zlib';
import { shorten } from './page-data.ts';
import type { PageCheck, PageChunk } from './page/script/data.ts';
import type { CheckResult, ClauseResult, Result } from '../record/result.ts';
import { shortenEvidence, type Limits } from './shorten-evidence.ts';

/** How much of the evidence is kept, from all to nothing; the first at which everything fits is taken. */
const steps: readonly { readonly failed: Limits; readonly passed: Limits }[] = [
  { failed: { body: 16_384, entries: 400 }, passed: { body: 16_384, entries: 400 } },
  { failed: { body: 16_384, entries: 400 }, passed: { body: 2048, entries: 40 } },
  { failed: { body: 16_384, entries: 200 }, passed: { body: 400, entries: 12 } },
  { failed: { body: 4096, entries: 60 }, passed: { body: 0, entries: 0 } },
  { failed: { body: 1024, entries: 20 }, passed: { body: 0, entries: 0 } },
  { failed: { body: 200, entries: 8 }, passed: { body: 0, entries: 0 } },
  { failed: { body: 0, entries: 0 }, passed: { body: 0, entries: 0 } },
];

/** The checks of each clause that was checked, gzipped and base64-coded, within a budget of bytes. */
export function pageChunks(result: Result, budget: number): ReadonlyMap<string, string> {
  const withChecks = result.clauses.filter(({ checks }) => checks.length > 0);
  let chunks: Map<string, string> = new Map();
  for (const step of steps) {
    chunks = new Map(withChecks.map((clause) => [clause.id, packed(chunkOf(clause, step))]));
    const bytes = [...chunks.values()].reduce((sum, text) => sum + text.length, 0);
    if (bytes <= budget) return chunks;
  }
  return chunks;
}

function packed(chunk: PageChunk): string {
  return gzipSync(JSON.stringify(chunk), { level: 6 }).toString('base64');
}

function chunkOf(clause: ClauseResult, step: (typeof steps)[number]): PageChunk {
  return clause.checks.map((check) =>
    pageCheck(check, check.outcome === 'passed' ? step.passed : step.failed),
  );
}

function pageCheck(check: CheckResult, limits: Limits): PageCheck {
  const short: CheckResult = {
    ...check,
    title: shorten(check.title, 500),
    ...(check.reason === undefined ? {} : { reason: shorten(check.reason) }),
    ...(check.observed === undefined
      ? {}
      : { observed: check.observed.slice(0, 100).map((one) => shorten(one)) }),
  };
  if (check.evidence === undefined) return short;
  const { evidence, shortened } = shortenEvidence(check.evidence, limits);
  return { ...short, evidence, ...(shortened === undefined ? {} : { shortened }) };
}
