import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documents, sourceUrl } from './clause.ts';
import { catalogue, clauses, findClause, sections } from './clauses.ts';
import { leftOut } from './left-out.ts';
import { silences } from './silences.ts';

describe('the catalogue', () => {
  it('has each id once, below its section', () => {
    expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
    for (const { id, section } of clauses) expect(id.startsWith(`${section}.`)).toBe(true);
  });

  it('says of every clause why it matters, and where it is documented', () => {
    for (const clause of clauses) {
      expect(clause.why?.length ?? 0, clause.id).toBeGreaterThan(30);
      expect(documents[clause.source.document], clause.id).toBeDefined();
      expect(URL.canParse(sourceUrl(clause.source)), clause.id).toBe(true);
    }
  });

  it('says of every derived clause how it follows', () => {
    for (const { id, basis, source } of clauses)
      if (basis === 'derived') expect(source.note?.length ?? 0, id).toBeGreaterThan(10);
  });

  it('states what a MAY clause observes as a question, and only that', () => {
    for (const { id, level, duty } of clauses)
      expect(/^(whether|what) /.test(duty), id).toBe(level === 'MAY');
  });

  it('states every clause so that it can be read alone', () => {
    for (const { id, duty } of clauses) {
      expect(duty, id).not.toMatch(/^(and|nor|they|it|such|otherwise|absent|none|null|PATCH likewise)\b/);
      expect(duty.length, id).toBeGreaterThan(20);
    }
  });

  it('refers to no page that a reader does not have', () => {
    for (const { id, duty, why = '', source } of clauses)
      expect(`${duty} ${why} ${source.note ?? ''}`, id).not.toMatch(/\b10\.\d+|facts|\bV[0-6]\b/);
  });

  it('has a version, the date of its documentation, and reasons for what it leaves out', () => {
    expect(catalogue.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number.isNaN(Date.parse(catalogue.documentation))).toBe(false);
    for (const { what, why } of leftOut) expect(what.length * why.length).toBeGreaterThan(0);
  });

  it('finds clauses by id, and names existing ones where the documentation is silent', () => {
    expect(findClause('cancel.no-retry')?.section).toBe('cancel');
    expect(findClause('cancel.no-such')).toBeUndefined();
    for (const { clauses: ids } of silences) for (const id of ids) expect(findClause(id), id).toBeDefined();
    expect(sections.length).toBe(16);
  });

  it('names each silence once, and tells of every one in docs/contract.md', () => {
    expect(new Set(silences.map(({ id }) => id)).size).toBe(silences.length);
    const page = readFileSync(new URL('../docs/contract.md', import.meta.url), 'utf8');
    for (const { id, question, accepts } of silences)
      for (const text of [id, question, accepts]) expect(page, id).toContain(text);
    for (const { what, why } of leftOut) for (const text of [what, why]) expect(page).toContain(text);
  });
});
