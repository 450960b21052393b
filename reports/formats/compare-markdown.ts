import {
  changedBetween,
  type VerdictChange,
  type ComparedClause,
  type ResultComparison,
} from '../compare.ts';
import { betweenWords, changeWords, comparisonSentence } from '../compare-words.ts';
import { verdictWords } from '../page/script/words.ts';
import type { Gate } from '../../record/result.ts';
import { catalogueText, inline } from './markdown.ts';

/** A comparison as Markdown: what changed from the first to the last, each clause in a row. */
export function compareMarkdown(comparison: ResultComparison, gate?: Gate): string {
  const { runs, clauses } = comparison;
  return [
    '# Comparison of conformance',
    '',
    `**${inline(comparisonSentence(comparison))}**`,
    '',
    ...(gate?.why ?? []).flatMap((reason) => [`> ${catalogueText(reason)}`, '']),
    '| | Target | Made | Suite |',
    '| --- | --- | --- | --- |',
    ...runs.map(
      ({ name, target, startedAt, suite }) =>
        `| ${inline(name)} | ${inline(target.name)} | ${inline(startedAt)} | ${inline(suite.version)} |`,
    ),
    '',
    ...(Object.keys(changeWords) as VerdictChange[]).flatMap((change) =>
      table(
        changeWords[change].title,
        clauses.filter((clause) => clause.change === change),
        runs.map(({ name }) => name),
      ),
    ),
    ...table(
      betweenWords.title,
      clauses.filter(changedBetween),
      runs.map(({ name }) => name),
    ),
  ].join('\n');
}

function table(title: string, clauses: readonly ComparedClause[], names: readonly string[]): string[] {
  if (clauses.length === 0) return [];
  return [
    `## ${title}`,
    '',
    `| Clause | Requirement | ${names.map(inline).join(' | ')} |`,
    `| --- | --- |${' --- |'.repeat(names.length)}`,
    ...clauses.map(
      ({ id, level, duty, cells }) =>
        `| \`${id}\` ${level} | ${catalogueText(duty)} | ${cells
          .map((cell) =>
            cell === undefined
              ? ''
              : `${verdictWords[cell.verdict].word}${cell.reason === undefined ? '' : `: ${inline(cell.reason.slice(0, 200))}`}`,
          )
          .join(' | ')} |`,
    ),
    '',
  ];
}
