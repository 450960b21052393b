// Every survivor has its explanation in survivors.json: a reporter that tells of those that have none, and
// with `node selftest/mutation/explained.mjs` the writer of survivors.md from the report of the last run.
import { readFileSync, writeFileSync } from 'node:fs';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

const here = (file) => new URL(file, import.meta.url);
const report = here('../../mutation-report/mutation.json');
const readJson = (url) => JSON.parse(readFileSync(url, 'utf8'));

/** The explanations: file → groups of a kind, a reason, and by source line what was changed to what. */
export const readExplanations = () => readJson(here('survivors.json'));

/** What survived: the file below `simulator/`, the source line where it begins, and the change. */
export function survivorsIn({ files }) {
  return Object.entries(files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, replacement }) => ({
        file: path.replace(/^simulator\//, ''),
        line: lines[location.start.line - 1].trim(),
        change: `${cut(textAt(lines, location))} → ${cut(replacement)}`,
      }));
  });
}

/** Those of the survivors that no explanation names. */
export function unexplained(survivors, explanations) {
  return survivors.filter(
    ({ file, line, change }) =>
      !(explanations[file] ?? []).some(({ mutants }) => mutants[line]?.includes(change)),
  );
}

function textAt(lines, { start, end }) {
  const rows = lines.slice(start.line - 1, end.line);
  rows[rows.length - 1] = rows.at(-1).slice(0, end.column - 1);
  return rows.join('\n').slice(start.column - 1);
}

/** On one line, and its beginning only where it is long. */
function cut(text) {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

class ExplainedReporter {
  onMutationTestReportReady(result) {
    const missing = unexplained(survivorsIn(result), readExplanations());
    for (const { file, line, change } of missing) console.error(`unexplained: ${file}: ${line}: ${change}`);
    if (missing.length > 0) process.exitCode = 1;
  }
}

/** How many mutants came to which end; the ignored ones by reason. */
function figures(result) {
  const { files } = result;
  const ends = {};
  const reasons = new Map();
  for (const { status, statusReason } of Object.values(files).flatMap(({ mutants }) => mutants)) {
    ends[status] = (ends[status] ?? 0) + 1;
    if (status === 'Ignored') reasons.set(statusReason, (reasons.get(statusReason) ?? 0) + 1);
  }
  const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0, RuntimeError = 0, Ignored = 0 } = ends;
  const [detected, missed] = [Killed + Timeout, Survived + NoCoverage];
  const kinds = Object.groupBy(survivorsIn(result), (survivor) => kindOf(survivor) ?? 'not explained');
  const share = (part, whole) => `${((100 * part) / whole).toFixed(2)} %`;
  const all = detected + missed + Ignored + RuntimeError;
  return [
    ['mutants, all in all', all],
    ['left out, by the reasons below', Ignored],
    ['run', detected + missed + RuntimeError],
    ['killed by a check that fails', Killed],
    ['timed out', Timeout],
    ['survived', Survived],
    ['survived, reached by no check', NoCoverage],
    ...Object.entries(kinds).map(([kind, survivors]) => [
      `of both kinds of survivors: ${kind}`,
      survivors.length,
    ]),
    ['no simulator at all (not counted)', RuntimeError],
    ['**score: killed or timed out, of those that count**', `**${share(detected, detected + missed)}**`],
    ['killed or timed out, of all mutants with those left out', share(detected, all)],
  ].concat([...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => [`left out: ${reason}`, count]));
}

function kindOf({ file, line, change }) {
  return readExplanations()[file]?.find(({ mutants }) => mutants[line]?.includes(change))?.kind;
}

function table(head, rows) {
  const cell = (text) => String(text).replaceAll('|', '\\|');
  const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

const code = (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

function fileTable(groups) {
  const rows = groups.flatMap(({ kind, why, mutants }) =>
    Object.entries(mutants).map(([line, changes]) => [
      code(line),
      changes.map(code).join('<br>'),
      `${kind}: ${why}`,
    ]),
  );
  return table(['line', 'survives when', 'why'], rows);
}

function page(result) {
  const tables = Object.entries(readExplanations()).map(
    ([file, groups]) => `## ${file}\n\n${fileTable(groups)}`,
  );
  const [foreword, afterword] = readFileSync(here('survivors.template.md'), 'utf8').split(
    '<!-- tables -->\n',
  );
  const figureTable = table(['of the last whole run', 'mutants'], figures(result));
  return [foreword.replace('<!-- figures -->', () => figureTable), tables.join('\n\n'), afterword].join('\n');
}

if (import.meta.main) writeFileSync(here('survivors.md'), page(readJson(report)));

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'explained', ExplainedReporter)];
