import { excerpt } from '../../harness/mask/excerpt.ts';
import { verdictSentence } from '../../reports/verdict-sentence.ts';
import type { Disruption } from '../../record/outcome.ts';
import { exitStatus } from '../../reports/gate.ts';
import { shortReason } from '../../reports/page/script/short-reason.ts';
import { profileText, profileWords } from '../../reports/profile-words.ts';
import type { ClauseResult, Gate, ProfileVerdict, Result } from '../../record/result.ts';
import { isLeftOut, isPartial, marks, standing } from '../../reports/standing.ts';
import { unlocksIn } from '../../reports/unlock.ts';
import { unlockLines } from '../unlock-lines.ts';
import { plain } from './progress.ts';

/** The most clauses that one list of the summary names. */
const listed = 20;

/** What a terminal shows of a result: the verdict, the numbers, and every clause that needs a look. */
export function summaryLines(result: Result, gate: Gate = exitStatus(result)): string[] {
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
    `${marks[standing(result)].symbol} ${plain(verdictSentence(result))}`,
    `${clauses.length} clauses: ${counts.join(', ')}.`,
    ...(run.requests === undefined ? [] : [`${run.requests} requests were sent to the target.`]),
    ...section('Failed', having(clauses, 'failed')),
    ...section('Warned', having(clauses, 'warned')),
    ...section('Inconclusive', having(clauses, 'inconclusive')),
    ...section('Known deviations', having(clauses, 'known-deviation')),
    ...leftOut(result),
    ...unlockLines(unlocksIn(result), 10),
    ...(isPartial(result) ? [] : profileLines(result.profiles ?? [])),
    ...disruptionLines(run.disruptions ?? []),
    ...gateLines(gate),
  ];
}

/** Why a run fails, or does not fail though it has no verdict. */
function gateLines({ status, why }: Gate): string[] {
  return why.length === 0
    ? []
    : ['', `Exit status ${status}, because:`, ...why.map((reason) => `  ${plain(reason)}`)];
}

function profileLines(profiles: readonly ProfileVerdict[]): string[] {
  if (profiles.length === 0) return [];
  const width = Math.max(...profiles.map(({ name }) => name.length));
  return [
    '',
    'Profiles:',
    ...profiles.map(
      (profile) =>
        `  ${profileWords[profile.verdict].symbol} ${profile.name.padEnd(width)}  ${profileText(profile)}`,
    ),
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
      .map(({ id, level, reason = '' }) => `  ${id} (${level}): ${cut(plain(shortReason(reason)))}`),
    ...(more > 0 ? [`  and ${more} more; see the report`] : []),
  ];
}

/** What nobody asked for is counted too, so that the numbers add up. */
function leftOut(result: Result): string[] {
  const number = result.clauses.filter((clause) => isLeftOut(clause, result)).length;
  if (number === 0) return [];
  const how = result.run.shard === undefined ? 'left out by --only' : `not in shard ${result.run.shard}`;
  return ['', `${number} ${number === 1 ? 'clause was' : 'clauses were'} ${how}.`];
}

function cut(text: string): string {
  return excerpt(text, 400);
}
