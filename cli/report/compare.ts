import path from 'node:path';
import { compareGate } from '../../reports/compare-gate.ts';
import { changedBetween, compareResults, type ResultComparison } from '../../reports/compare.ts';
import { betweenWords, changeWords, comparisonSentence } from '../../reports/compare-words.ts';
import { compareMarkdown } from '../../reports/formats/compare-markdown.ts';
import { renderComparison } from '../../reports/page/compare-page.ts';
import type { Gate } from '../../record/result.ts';
import type { Terminal } from '../terminal.ts';
import { plain } from '../verify/progress.ts';
import { give } from './render.ts';
import { loadResult } from './result-file.ts';

/** The options of `bgop report compare`, as commander gives them. */
export interface CompareOptions {
  readonly format: 'text' | 'page' | 'json' | 'markdown';
  readonly output?: string;
  /** Fail when a required clause is no longer decided. */
  readonly strict?: boolean;
}

/**
 * `bgop report compare`: 1 when a required clause is newly broken (with `--strict` also when one is no longer
 * decided), 3 when the last run is incomplete, else 0.
 */
export async function compareReports(
  sources: readonly string[],
  { format, output, strict }: CompareOptions,
  terminal: Terminal,
): Promise<number> {
  const results = await Promise.all(
    sources.map(async (source) => ({ name: nameOf(source), result: await loadResult(source) })),
  );
  const comparison = compareResults(results);
  const gate = compareGate(comparison, { strict });
  await give(written[format](comparison, gate), output, terminal);
  return gate.status;
}

const written: Record<CompareOptions['format'], (comparison: ResultComparison, gate: Gate) => string> = {
  text,
  page: renderComparison,
  json: (comparison, gate) => `${JSON.stringify({ ...comparison, gate }, null, 2)}\n`,
  markdown: compareMarkdown,
};

function nameOf(source: string): string {
  const { dir, base, name } = path.parse(path.resolve(source));
  return name === 'conformance' ? path.basename(dir) : base;
}

function text(comparison: ResultComparison, { status, why }: Gate): string {
  const changed = comparison.clauses.flatMap((clause) => {
    const { id, level, cells, change } = clause;
    if (change === undefined && !changedBetween(clause)) return [];
    const { title } = change === undefined ? betweenWords : changeWords[change];
    const way = cells.map((cell) => cell?.verdict ?? 'unknown').join(' → ');
    return [`  ${title}: ${id} (${level}): ${way}. ${plain(cells.at(-1)?.reason ?? '')}`.trimEnd()];
  });
  const reasons =
    why.length === 0 ? [] : ['', `Exit status ${status}, because:`, ...why.map((one) => `  ${plain(one)}`)];
  return `${[comparisonSentence(comparison), ...changed, ...reasons].join('\n')}\n`;
}
