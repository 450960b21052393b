import { documents } from '../contract/clause.ts';
import { findClause, sections } from '../contract/clauses.ts';
import { needNames } from '../contract/needs.ts';
import type { PageClause, PageData } from './page/script/data.ts';
import { capital } from './page/script/words.ts';
import type { ClauseResult, Result } from '../record/result.ts';

const longestText = 4000;

/** What the page knows at once: the result without its checks, with what the catalogue says besides. */
export function pageData(result: Result): PageData {
  const ids = [...new Set(result.clauses.map(({ section }) => section))];
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  return {
    suite: result.suite,
    target: result.target,
    run: result.run,
    sections: ids.map((id) => ({ id, title: capital(titles.get(id) ?? id) })),
    clauses: result.clauses.map(pageClause),
    ...(result.seen === undefined ? {} : { seen: result.seen }),
  };
}

function pageClause(clause: ClauseResult): PageClause {
  const { id, section, level, basis, duty, verdict, reason, provenBy, knownDeviation, checks } = clause;
  // A result of an older catalogue may hold clauses that this one does not have any more.
  const catalogued = findClause(id);
  const note = catalogued?.source.note;
  const title = catalogued === undefined ? clause.source : documents[catalogued.source.document].title;
  const needs = needNames((catalogued?.needs ?? []).filter((need) => need !== 'slow'));
  return {
    id,
    section,
    level,
    basis,
    duty,
    verdict,
    ...(reason === undefined ? {} : { reason: shorten(reason) }),
    ...(catalogued?.why === undefined ? {} : { why: catalogued.why }),
    ...(needs === '' ? {} : { needs }),
    source: { url: clause.source, title, ...(note === undefined ? {} : { note }) },
    ...(provenBy === undefined ? {} : { provenBy }),
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
