import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findClause, sections } from '../contract/clauses.ts';
import type { ClauseResult, Result } from '../record/result.ts';
import { sampleResult } from './fixtures/sample.ts';
import { sarif } from './formats/sarif.ts';
import { pageData } from './page-data.ts';
import { readResult } from './read-result.ts';
import { sectionTitles } from './section-titles.ts';

const result = sampleResult({ checks: 1 });

function withClauses(change: (clause: ClauseResult) => ClauseResult): Result {
  return { ...result, clauses: result.clauses.map(change) };
}

describe('what the page knows of a clause', () => {
  it('is what the result says of it: why, needs, source', () => {
    const changed = withClauses((clause) => ({
      ...clause,
      why: 'told then',
      needs: ['table', 'slow', 'a-need-of-then'],
      sourceTitle: 'A document of then',
      sourceNote: 'A note of then',
    }));
    for (const { why, needs, source } of pageData(changed).clauses) {
      expect(why).toBe('told then');
      expect(needs).toBe('the backgroundoperations table and a-need-of-then');
      expect(source).toMatchObject({ title: 'A document of then', note: 'A note of then' });
    }
    expect(sarif(changed)).toContain('told then');
  });

  it('is the whole clause of the catalogue where the result is of this version', () => {
    for (const { id, why, source } of pageData(result).clauses) {
      expect(why).toBe(findClause(id)?.why);
      expect(source.note).toBe(findClause(id)?.source.note);
      expect(source.title).not.toBe(source.url);
    }
  });

  it('has nothing of the catalogue of today where the result is of an earlier version', () => {
    const first = readResult(readFileSync(new URL('./fixtures/result-v1.json', import.meta.url), 'utf8'));
    const data = pageData(first);
    expect(data.clauses.filter(({ why, needs }) => why !== undefined || needs !== undefined)).toEqual([]);
    expect(data.clauses.every(({ source }) => source.title === source.url && !('note' in source))).toBe(true);
    expect(data.sections.map(({ title }) => title.toLowerCase())).toEqual(data.sections.map(({ id }) => id));
  });
});

describe('the title of a section', () => {
  it('is that of the newest result that says so', () => {
    const named = (title: string) => ({ sections: [{ id: 'cancel', title }] });
    const titleOf = sectionTitles([named('first'), named('second'), {}, undefined]);
    expect(titleOf('cancel')).toBe('Second');
    expect(titleOf('monitor')).toBe('Monitor');
  });

  it('is in each result of this version', () => {
    expect(result.catalogue?.sections?.map(({ id }) => id)).toEqual(sections.map(({ id }) => id));
  });
});
