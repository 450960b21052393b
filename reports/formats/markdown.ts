import type { ClauseResult, Result, Verdict } from '../result.ts';
import { counted, verdicts } from '../summarise.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { verdictWords } from '../page/script/words.ts';

const mostRows = 50;

/** The result as Markdown for a job summary: the verdict, the counts, and what did not hold. */
export function markdown(result: Result): string {
  const { target, run, clauses } = result;
  const shown = verdicts.filter(
    (verdict) => verdict !== 'passed' && verdict !== 'observed' && verdict !== 'not-tested',
  );
  return [
    `# Conformance of ${inline(target.name)}`,
    '',
    `**${inline(verdictSentence(result))}**`,
    '',
    ...(run.incomplete === undefined ? [] : [`> The run is incomplete. ${inline(run.incomplete)}`, '']),
    ...(run.problems ?? []).flatMap((problem) => [`> ${inline(problem)}`, '']),
    `| ${verdicts.map((verdict) => verdictWords[verdict].word).join(' | ')} | All |`,
    `|${' ---: |'.repeat(verdicts.length + 1)}`,
    `| ${verdicts.map((verdict) => result.summary[counted[verdict]]).join(' | ')} | ${clauses.length} |`,
    '',
    ...shown.flatMap((verdict) => table(verdict, clauses)),
    `${run.startedAt}, seed ${run.seed}${run.command === undefined ? '' : `, again with ${code(run.command)}`}`,
    '',
  ].join('\n');
}

function table(verdict: Verdict, clauses: readonly ClauseResult[]): string[] {
  const of = clauses.filter((clause) => clause.verdict === verdict);
  if (of.length === 0) return [];
  const more = of.length > mostRows ? [`| … | and ${of.length - mostRows} more | |`] : [];
  return [
    `## ${verdictWords[verdict].word}`,
    '',
    '| Clause | Duty | Reason |',
    '| --- | --- | --- |',
    ...of
      .slice(0, mostRows)
      .map(
        ({ id, level, duty, reason, source }) =>
          `| [${code(id)}](${source}) ${level} | ${catalogueText(duty)} | ${cell(reason ?? '')} |`,
      ),
    ...more,
    '',
  ];
}

/** Text as Markdown that shows it and nothing else: no HTML, no links, no mentions, no table that breaks. */
export function inline(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~<>]/g, String.raw`\$&`)
    .replaceAll('@', '@\u200B')
    .replaceAll('://', ':\u200B//');
}

/** Text of the catalogue: what stands in back quotes stays code. */
export function catalogueText(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return inline(text);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : inline(part))).join('');
}

function cell(text: string): string {
  return inline(text.length > 400 ? `${text.slice(0, 400)}…` : text);
}

function code(text: string): string {
  return `\`${text.replaceAll(/[`\n]/g, ' ').replaceAll('|', '\\|')}\``;
}
