import { describe, expect, it } from 'vitest';
import { forReaders } from './for-readers.ts';

describe('a sentence for readers of the report', () => {
  it('speaks of requirements, in singular and plural', () => {
    expect(forReaders('Nothing broken: 3 of 4 required clauses hold; 1 recommended clause is broken.')).toBe(
      'Nothing broken: 3 of 4 MUST requirements hold; 1 SHOULD requirement is broken.',
    );
    expect(forReaders('7 clauses need events: set `target.events`.')).toBe(
      '7 requirements need events: set `target.events`.',
    );
  });

  it('leaves other words alone', () => {
    expect(forReaders('see bgop clauses-of, subclauses')).toContain('subclauses');
  });
});
