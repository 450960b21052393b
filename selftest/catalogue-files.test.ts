import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listDeviations } from '../simulator/deviations.ts';
import {
  compareProven,
  countedPages,
  provenText,
  refreshCommand,
  updateProven,
  withCounts,
  type Proven,
} from './catalogue-files.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

describe('what follows from the catalogue', () => {
  it.each(countedPages)('is up to date in $file', (page) => {
    const text = read(page.file);
    expect(withCounts(page, text) === text, `${page.file} is out of date: run \`${refreshCommand}\``).toBe(
      true,
    );
  });

  it('is up to date in selftest/proven.json', async () => {
    const proven = JSON.parse(read('selftest/proven.json')) as Proven;
    const { missing, gone } = compareProven(proven, await listDeviations());
    expect([...missing, ...gone], `selftest/proven.json is out of date: run \`${refreshCommand}\``).toEqual(
      [],
    );
  });
});

describe('bringing it up to date', () => {
  const page = { file: 'page.md', pattern: /\d+ clauses/, words: '3 clauses' };
  const proven = { 'a.b': ['a.b-one', 'a.b-two'], 'a.c': ['a.c-old'] };

  it('replaces the numbers of a page, and refuses a page without any', () => {
    expect(withCounts(page, 'All 2 clauses.')).toBe('All 3 clauses.');
    expect(() => withCounts(page, 'All clauses.')).toThrow('page.md does not say how many clauses there are');
  });

  it('finds deviations that are new, and those that are gone', () => {
    expect(compareProven(proven, ['a.b-one', 'a.b-three', 'a.b-two'])).toEqual({
      missing: ['a.b-three'],
      gone: ['a.c-old'],
    });
  });

  it('adds what was caught, drops what is gone, and sorts', () => {
    const caught = { 'a.d': ['a.d-x'], 'a.b': ['a.b-more'] };
    const updated = provenText(updateProven(proven, ['a.c-old'], caught));
    expect(JSON.stringify(JSON.parse(updated))).toBe(
      '{"a.b":["a.b-more","a.b-one","a.b-two"],"a.d":["a.d-x"]}',
    );
  });
});
