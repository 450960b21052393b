import { needNames } from '../contract/needs.ts';
import type { PageClause, PageData } from './page/script/data.ts';
import { sectionTitles } from './section-titles.ts';
import type { ClauseResult, Result } from '../record/result.ts';

const longestText = 4000;

/**
 * What the page knows at once: the result without its checks. It shows the catalogue of the result, never that of
 * this version: a result of an earlier version, which does not say as much of a clause, shows less.
 */
export function pageData(result: Result): PageData {
  const ids = [...new Set(result.clauses.map(({ section }) => section))];
  const titleOf = sectionTitles([result.catalogue]);
  return {
    suite: result.suite,
    target: result.target,
    run: result.run,
    sections: ids.map((id) => ({ id, title: titleOf(id) })),
    clauses: result.clauses.map(pageClause),
    ...(result.seen === undefined ? {} : { seen: result.seen }),
  };
}

function pageClause(clause: ClauseResult): PageClause {
  const {
    id,
    section,
    level,
    basis,
    duty,
    why,
    verdict,
    reason,
    provenBy,
    caughtIn,
    knownDeviation,
    checks,
  } = clause;
  const { source: url, sourceTitle: title = url, sourceNote: note } = clause;
  const needs = needNames((clause.needs ?? []).filter((need) => need !== 'slow'));
  return {
    id,
    section,
    level,
    basis,
    duty,
    verdict,
    ...(reason === undefined ? {} : { reason: shorten(reason) }),
    ...(why === undefined ? {} : { why }),
    ...(needs === '' ? {} : { needs }),
    source: { url, title, ...(note === undefined ? {} : { note }) },
    ...(provenBy === undefined ? {} : { provenBy }),
    ...(caughtIn === undefined ? {} : { caughtIn }),
    ...(knownDeviation === undefined ? {} : { knownDeviation }),
    checks: checks.length,
    durationMs: checks.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

/** A text that cannot make the page slow, however long the target's was. */
export function shorten(text: string, longest = longestText): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest).toWellFormed()}… (${text.length} characters in all)`;
}
