import { describe, expect, it } from 'vitest';
import { charactersOf } from './page-size.ts';

describe('charactersOf', () => {
  it.each([
    ['plain text', 'x'.repeat(100_000)],
    ['a text of escapes', '\u0001"\n'.repeat(50_000)],
  ])('measures %s as JSON writes it', (_name, text) => {
    const row = { '@odata.etag': 'W/"1"', inputparameters: text, statuscode: 0, partitionid: null };
    expect(Math.abs(charactersOf(row) - JSON.stringify(row).length)).toBeLessThan(50);
  });
});
