import { typed } from '../reports/page/script/command.ts';
import { sourceUrl, type Clause, type Section } from '../contract/clause.ts';
import { catalogue, clauses, findClause, sections } from '../contract/clauses.ts';
import { clientClauses, clientSections } from '../contract/client-clauses.ts';
import { didYouMean } from '../harness/config/suggest.ts';
import { needNames } from '../contract/needs.ts';
import { UsageError, type Terminal } from './terminal.ts';

/** The options of `bgop clauses`, as commander gives them. */
export interface ClausesOptions {
  readonly format: 'table' | 'json' | 'markdown';
  readonly level?: 'MUST' | 'SHOULD' | 'MAY';
  readonly section?: string;
  /** Whether the clauses for clients are meant, and not those for targets. */
  readonly client?: true;
}

/** A catalogue: whom its clauses bind, and the sections that they stand in. */
interface Listed {
  readonly whose: string;
  readonly clauses: readonly Clause[];
  readonly sections: readonly Omit<Section, 'clauses'>[];
}

const ofTargets: Listed = { whose: '', clauses, sections };
const ofClients: Listed = { whose: ' for clients', clauses: clientClauses, sections: clientSections };

/**
 * `bgop clauses`: the catalogue for targets or the one for clients, or a part of it.
 *
 * @throws UsageError for a section that it does not have
 */
export function listClauses({ format, level, section, client }: ClausesOptions, terminal: Terminal): number {
  const listed = client === true ? ofClients : ofTargets;
  if (section !== undefined) requireSection(section, listed);
  const chosen = listed.clauses.filter(
    (clause) =>
      (level === undefined || clause.level === level) &&
      (section === undefined || clause.section === section),
  );
  if (format === 'json') terminal.document(JSON.stringify(asJson(chosen), null, 2));
  else (format === 'table' ? tableLines : markdownLines)(chosen, listed).forEach(terminal.out);
  return 0;
}

function requireSection(section: string, listed: Listed): void {
  const ids = listed.sections.map(({ id }) => id);
  if (ids.includes(section)) return;
  const other = [ofTargets, ofClients].find((one) => one.sections.some(({ id }) => id === section));
  const hint =
    other === ofClients
      ? 'It is one for clients: add --client.'
      : other === ofTargets
        ? 'It is one for targets: leave out --client.'
        : (didYouMean(section, ids) ?? `There are: ${ids.join(', ')}.`);
  throw new UsageError(`no section is called "${section}". ${hint}`);
}

/**
 * `bgop clauses explain ID`: one clause in full.
 *
 * @throws UsageError for an id that the catalogue does not have
 */
export function explainClause(id: string, terminal: Terminal): number {
  const forClients = clientClauses.find((one) => one.id === id);
  const clause = findClause(id) ?? forClients;
  if (clause === undefined) {
    const hint =
      didYouMean(
        id,
        [...clauses, ...clientClauses].map((one) => one.id),
      ) ?? 'See `bgop clauses` and `bgop clauses --client`.';
    throw new UsageError(`no clause is called "${id}". ${hint}`);
  }
  const { level, basis, duty, needs, why, source } = clause;
  const title = [...sections, ...clientSections].find((one) => one.id === clause.section)?.title;
  terminal.out(`${id}  (${title ?? clause.section})`);
  terminal.out('');
  terminal.out(`  ${duty}`);
  terminal.out('');
  terminal.out(`  Level   ${level}: ${levels[level]}`);
  terminal.out(`  Basis   ${basis}: ${bases[basis]}`);
  if (forClients === undefined)
    terminal.out(`  Needs   ${needs.length === 0 ? 'nothing' : needNames(needs)}`);
  else terminal.out(`  Shown   by ${forClients.sees}`);
  terminal.out(`  Source  ${sourceUrl(source)}`);
  if (source.note !== undefined) terminal.out(`          ${source.note}`);
  if (why !== undefined) terminal.out(`  Why     ${why}`);
  terminal.out('');
  if (forClients === undefined)
    terminal.out(`  Check a target for it:  ${typed(`bgop verify --only ${id}`)}`);
  else terminal.out(`  Check a client for it:  ${typed('bgop client-check -- npm test')}`);
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

function tableLines(chosen: readonly Clause[], { whose }: Listed): string[] {
  const width = Math.max(0, ...chosen.map(({ id }) => id.length));
  return [
    ...chosen.map(
      ({ id, level, basis, duty }) => `${id.padEnd(width)}  ${level.padEnd(6)}  ${basis.padEnd(7)}  ${duty}`,
    ),
    '',
    `${chosen.length} clauses${whose} of catalogue ${catalogue.version}, from the documentation of ${catalogue.documentation}.`,
  ];
}

function markdownLines(chosen: readonly Clause[], listed: Listed): string[] {
  const bySection = Map.groupBy(chosen, ({ section }) => section);
  return listed.sections.flatMap(({ id, title, source }) => {
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
