import { typed } from '../reports/page/script/command.ts';
import { sourceUrl, type Clause } from '../contract/clause.ts';
import { catalogue, clauses, findClause, sections } from '../contract/clauses.ts';
import { didYouMean } from '../harness/config/suggest.ts';
import { needNames } from '../contract/needs.ts';
import { UsageError, type Terminal } from './terminal.ts';

/** The options of `bgop clauses`, as commander gives them. */
export interface ClausesOptions {
  readonly format: 'table' | 'json' | 'markdown';
  readonly level?: 'MUST' | 'SHOULD' | 'MAY';
  readonly section?: string;
}

/** `bgop clauses`: the catalogue, or a part of it. */
export function listClauses({ format, level, section }: ClausesOptions, terminal: Terminal): number {
  if (section !== undefined && !sections.some(({ id }) => id === section)) {
    const ids = sections.map(({ id }) => id);
    throw new UsageError(
      `no section is called "${section}". ${didYouMean(section, ids) ?? `There are: ${ids.join(', ')}.`}`,
    );
  }
  const chosen = clauses.filter(
    (clause) =>
      (level === undefined || clause.level === level) &&
      (section === undefined || clause.section === section),
  );
  if (format === 'json') terminal.document(JSON.stringify(asJson(chosen), null, 2));
  else (format === 'table' ? tableLines : markdownLines)(chosen).forEach(terminal.out);
  return 0;
}

/**
 * `bgop clauses explain ID`: one clause in full.
 *
 * @throws UsageError for an id that the catalogue does not have
 */
export function explainClause(id: string, terminal: Terminal): number {
  const clause = findClause(id);
  if (clause === undefined) {
    const hint =
      didYouMean(
        id,
        clauses.map((one) => one.id),
      ) ?? 'See `bgop clauses`.';
    throw new UsageError(`no clause is called "${id}". ${hint}`);
  }
  const { level, basis, duty, needs, why, source } = clause;
  const title = sections.find((one) => one.id === clause.section)?.title ?? clause.section;
  terminal.out(`${id}  (${title})`);
  terminal.out('');
  terminal.out(`  ${duty}`);
  terminal.out('');
  terminal.out(`  Level   ${level}: ${levels[level]}`);
  terminal.out(`  Basis   ${basis}: ${bases[basis]}`);
  terminal.out(`  Needs   ${needs.length === 0 ? 'nothing' : needNames(needs)}`);
  terminal.out(`  Source  ${sourceUrl(source)}`);
  if (source.note !== undefined) terminal.out(`          ${source.note}`);
  if (why !== undefined) terminal.out(`  Why     ${why}`);
  terminal.out('');
  terminal.out(`  Check a target for it:  ${typed(`bgop verify --only ${id}`)}`);
  return 0;
}

const levels = {
  MUST: 'broken, it fails the run',
  SHOULD: 'broken, it warns',
  MAY: 'observed and reported, never judged',
} as const;

const bases = {
  stated: 'the documentation says so',
  shown: 'only an example of the documentation shows it',
  derived: 'it follows from OData, the RFCs, general documentation or a stated fact',
} as const;

function asJson(chosen: readonly Clause[]): unknown {
  return {
    catalogue,
    clauses: chosen.map(({ source, ...clause }) => ({ ...clause, source: sourceUrl(source) })),
  };
}

function tableLines(chosen: readonly Clause[]): string[] {
  const width = Math.max(0, ...chosen.map(({ id }) => id.length));
  return [
    ...chosen.map(
      ({ id, level, basis, duty }) => `${id.padEnd(width)}  ${level.padEnd(6)}  ${basis.padEnd(7)}  ${duty}`,
    ),
    '',
    `${chosen.length} clauses of catalogue ${catalogue.version}, from the documentation of ${catalogue.documentation}.`,
  ];
}

function markdownLines(chosen: readonly Clause[]): string[] {
  const bySection = Map.groupBy(chosen, ({ section }) => section);
  return sections.flatMap(({ id, title, source }) => {
    const own = bySection.get(id);
    if (own === undefined) return [];
    return [
      `## ${id}: [${title}](${sourceUrl(source)})`,
      '',
      '| Clause | Level | Basis | What it demands | Needs |',
      '| --- | --- | --- | --- | --- |',
      ...own.map(
        (clause) =>
          `| \`${clause.id}\` | ${clause.level} | ${clause.basis} | ${clause.duty.replaceAll('|', '\\|')} | ${clause.needs.join(' ')} |`,
      ),
      '',
    ];
  });
}
