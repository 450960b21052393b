import { describe, expect, it } from 'vitest';
import { documents, sourceUrl } from './clause.ts';
import { clauses } from './clauses.ts';
import { clientClauses, clientSections } from './client-clauses.ts';

describe("the client's catalogue", () => {
  it('has each id once, below its section, and none of the target', () => {
    const ids = clientClauses.map(({ id }) => id);
    expect(new Set([...ids, ...clauses.map(({ id }) => id)]).size).toBe(ids.length + clauses.length);
    for (const { id, section } of clientClauses) expect(id.startsWith(`${section}.`)).toBe(true);
    for (const { id } of clientSections) expect(id).toMatch(/^client-/);
  });

  it('says of every clause why it matters, what a record must show, and where it is documented', () => {
    for (const clause of clientClauses) {
      expect(clause.why?.length ?? 0, clause.id).toBeGreaterThan(20);
      expect(clause.sees, clause.id).toMatch(/^(an? |requests |two )/);
      expect(documents[clause.source.document], clause.id).toBeDefined();
      expect(URL.canParse(sourceUrl(clause.source)), clause.id).toBe(true);
      if (clause.basis === 'derived') expect(clause.source.note?.length ?? 0, clause.id).toBeGreaterThan(10);
    }
  });

  it('states what a MAY clause observes as a question, and only that', () => {
    for (const { id, level, duty } of clientClauses)
      expect(/^(whether|what) /.test(duty), id).toBe(level === 'MAY');
  });
});
