import { clauses, sections } from '../../contract/clauses.ts';
import { didYouMean } from '../../harness/config/suggest.ts';
import { UsageError } from '../terminal.ts';

const ids: readonly string[] = clauses.map(({ id }) => id);
const sectionIds: readonly string[] = sections.map(({ id }) => id);

/**
 * The ids of the clauses that patterns select: an id, a section, or the beginning of ids (a `*` at
 * the end is welcome). Several patterns may stand in one, separated by commas.
 *
 * @throws UsageError for a pattern that selects nothing.
 */
export function selectClauses(patterns: readonly string[]): string[] {
  const selected = new Set(splitPatterns(patterns).flatMap(selectedBy));
  return ids.filter((id) => selected.has(id));
}

/** The patterns one by one. */
export function splitPatterns(patterns: readonly string[]): string[] {
  return patterns
    .flatMap((pattern) => pattern.split(','))
    .map((pattern) => pattern.trim().replace(/^@/, ''))
    .filter((pattern) => pattern !== '');
}

function selectedBy(pattern: string): readonly string[] {
  const beginning = pattern.replace(/\*+$/, '');
  if (ids.includes(beginning)) return pattern === beginning ? [pattern] : startingWith(beginning);
  if (sectionIds.includes(beginning)) return startingWith(`${beginning}.`);
  const found = startingWith(beginning);
  if (found.length > 0) return found;
  const hint = didYouMean(beginning, [...sectionIds, ...ids]) ?? 'See `bgop clauses` for the whole list.';
  throw new UsageError(`no clause is called "${pattern}" or begins so. ${hint}`);
}

function startingWith(beginning: string): readonly string[] {
  return ids.filter((id) => id.startsWith(beginning));
}

/** What Playwright's `--grep` must be to select the tests of these clauses and no others. */
export function grepFor(selected: readonly string[]): string {
  // An id holds no character that is special but the dot.
  const alternatives = selected.map((id) => id.replaceAll('.', '\\.')).join('|');
  return `@(?:${alternatives})(?=\\s|$)`;
}

/** What Playwright's `--grep` must be to select the tests of this title. */
export function grepForTitle(title: string): string {
  return `${title.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?= @)`;
}
