import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readResult } from './read-result.ts';
import { render } from './render.ts';
import { summarise } from './summarise.ts';

const first = readFileSync(new URL('./fixtures/result-v1.json', import.meta.url), 'utf8');

describe('a result file', () => {
  it('of the first version is still read and rendered', () => {
    const result = readResult(first);
    expect(summarise(result.clauses)).toEqual(result.summary);
    expect(render(result)).toContain('cancel.terminal-message');
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
