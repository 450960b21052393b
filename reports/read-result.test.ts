import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readResult } from './read-result.ts';
import { reasonWithout } from '../contract/needs.ts';
import type { ClauseResult, Result } from '../record/result.ts';
import { isPartial } from './standing.ts';
import { unlocksIn } from './unlock.ts';
import { render } from './render.ts';
import { summarise } from './summarise.ts';

const first = readFileSync(new URL('./fixtures/result-v1.json', import.meta.url), 'utf8');

describe('a result file', () => {
  it('of the first version is still read and rendered', () => {
    const result = readResult(first);
    expect(summarise(result.clauses)).toEqual(result.summary);
    expect(render(result)).toContain('cancel.terminal-message');
  });

  it('of a version that named no causes tells what was left out, and what the target lacks', () => {
    const value = JSON.parse(first) as Result;
    const [left, lacking] = value.clauses.map((clause, index): ClauseResult => {
      const verdict = 'not-tested' as const;
      if (index === 0) return { ...clause, verdict, reason: 'left out by --only', checks: [] };
      const reason = `${reasonWithout('event')}; ${reasonWithout('callback')}`;
      const check = { title: 'x', file: 'x.spec.ts', outcome: verdict, reason, durationMs: 0 };
      return { ...clause, verdict, reason, checks: [check] };
    });
    const read = readResult(JSON.stringify({ ...value, clauses: [left, lacking] }));
    expect(isPartial(read)).toBe(true);
    expect(read.clauses[0]?.cause).toEqual({ kind: 'left-out' });
    expect(unlocksIn(read).map(({ line }) => line)).toEqual([
      '1 clause needs callbacks: set `target.callbacks` to true (along with something else).',
      '1 clause needs events: set `target.events` (along with something else).',
    ]);
  });

  it('of a newer version, or none at all, is refused with the reason', () => {
    expect(() => readResult(first.replace('"schemaVersion": 1', '"schemaVersion": 99'), 'a.json')).toThrow(
      'a.json was written by a newer version',
    );
    expect(() => readResult('<html>')).toThrow('holds no JSON object');
    expect(() => readResult('{}')).toThrow('no schemaVersion');
    expect(() => readResult('{"schemaVersion":1}')).toThrow('/suite: ');
  });
});
