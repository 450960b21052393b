import { verdictSentence } from '../../reports/verdict-sentence.ts';
import type { Disruption } from '../../harness/evidence.ts';
import type { ClauseResult, Result } from '../../reports/result.ts';
import { plain } from './progress.ts';

/** The most clauses that one list of the summary names. */
const listed = 20;

/** What a terminal shows of a result: the verdict, the numbers, and every clause that needs a look. */
export function summaryLines(result: Result): string[] {
  const { summary, clauses, run } = result;
  const counts = [
    `${summary.passed} passed`,
    `${summary.failed} failed`,
    `${summary.warned} warned`,
    `${summary.inconclusive} inconclusive`,
    `${summary.notTested} not tested`,
    `${summary.observed} observed`,
    ...(summary.knownDeviations === 0 ? [] : [`${summary.knownDeviations} known deviations`]),
  ];
  return [
    verdictSentence(result),
    `${clauses.length} clauses: ${counts.join(', ')}.`,
    ...(run.requests === undefined ? [] : [`${run.requests} requests were sent to the target.`]),
    ...section('Failed', having(clauses, 'failed')),
    ...section('Warned', having(clauses, 'warned')),
    ...section('Inconclusive', having(clauses, 'inconclusive')),
    ...section('Known deviations', having(clauses, 'known-deviation')),
    ...untested(clauses),
    ...disruptionLines(run.disruptions ?? []),
    ...(run.problems ?? []).map((problem) => `Problem: ${plain(problem)}`),
    ...(run.incomplete === undefined ? [] : [`Incomplete: ${plain(run.incomplete)}`]),
  ];
}

/** What disturbed the run from outside; a reader wants to know it however the run ended. */
function disruptionLines(disruptions: readonly Disruption[]): string[] {
  if (disruptions.length === 0) return [];
  const more = disruptions.length - listed;
  return [
    '',
    'Disturbed from outside:',
    ...disruptions
      .slice(0, listed)
      .map(
        ({ source, message, times }) =>
          `  ${source}: ${cut(plain(message))}${times === 1 ? '' : ` (${times} times)`}`,
      ),
    ...(more > 0 ? [`  and ${more} more; see the report`] : []),
  ];
}

function having(clauses: readonly ClauseResult[], verdict: ClauseResult['verdict']): ClauseResult[] {
  return clauses.filter((clause) => clause.verdict === verdict);
}

function section(title: string, clauses: readonly ClauseResult[]): string[] {
  if (clauses.length === 0) return [];
  const more = clauses.length - listed;
  return [
    '',
    `${title}:`,
    ...clauses
      .slice(0, listed)
      .map(({ id, level, reason = '' }) => `  ${id} (${level}): ${cut(plain(reason))}`),
    ...(more > 0 ? [`  and ${more} more; see the report`] : []),
  ];
}

/** Untested clauses are counted aloud, by reason, so that a green run never hides them. */
function untested(clauses: readonly ClauseResult[]): string[] {
  const reasons = Map.groupBy(having(clauses, 'not-tested'), ({ reason = '' }) => reason);
  if (reasons.size === 0) return [];
  const lines = [...reasons].map(([reason, { length }]) => `  ${length} × ${cut(plain(reason))}`);
  return ['', 'Not tested:', ...lines.slice(0, listed)];
}

function cut(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 399)}…`;
}
