import type { ClauseResult, Result, Verdict } from '../../record/result.ts';
import { counted, verdicts } from '../summarise.ts';
import { exitStatus } from '../gate.ts';
import { profileText, profileWords } from '../profile-words.ts';
import { marks, standing } from '../standing.ts';
import { unlocksIn } from '../unlock.ts';
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
    `${marks[standing(result)].symbol} **${inline(verdictSentence(result))}**`,
    '',
    ...(run.gate ?? exitStatus(result)).why.flatMap((reason) => [`> ${catalogueText(reason)}`, '']),
    ...(run.disruptions ?? []).flatMap(({ message, times }) => [
      `> Disturbed from outside: ${inline(message)}${times === 1 ? '' : ` (${times} times)`}`,
      '',
    ]),
    `| ${verdicts.map((verdict) => verdictWords[verdict].word).join(' | ')} | All |`,
    `|${' ---: |'.repeat(verdicts.length + 1)}`,
    `| ${verdicts.map((verdict) => result.summary[counted[verdict]]).join(' | ')} | ${clauses.length} |`,
    '',
    ...profileTable(result),
    ...shown.flatMap((verdict) => table(verdict, clauses)),
    ...unlockList(result),
    `${run.startedAt}, seed ${run.seed}${run.command === undefined ? '' : `, again with ${code(run.command)}`}`,
    '',
  ].join('\n');
}

function profileTable({ profiles = [] }: Result): string[] {
  if (profiles.length === 0) return [];
  return [
    '| Profile | Verdict |',
    '| --- | --- |',
    ...profiles.map(
      (profile) => `| ${profile.name} | ${profileWords[profile.verdict].symbol} ${profileText(profile)} |`,
    ),
    '',
  ];
}

function unlockList(result: Result): string[] {
  const unlocks = unlocksIn(result);
  if (unlocks.length === 0) return [];
  return ['## What would unlock more', '', ...unlocks.map(({ line }) => `- ${catalogueText(line)}`), ''];
}

function table(verdict: Verdict, clauses: readonly ClauseResult[]): string[] {
  const of = clauses.filter((clause) => clause.verdict === verdict);
  if (of.length === 0) return [];
  const more = of.length > mostRows ? [`| … | and ${of.length - mostRows} more | |`] : [];
  return [
    `## ${verdictWords[verdict].word}`,
    '',
    '| Clause | Requirement | Reason |',
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
