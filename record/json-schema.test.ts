import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { resultSchemaFile, resultSchemaText } from './json-schema.ts';
import { resultProblems } from './result-problems.ts';
import type { Result } from './result.ts';

const text = readFileSync(new URL(`../${resultSchemaFile}`, import.meta.url), 'utf8');
const ajv = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }));
const validate = ajv.compile(JSON.parse(text) as object);

const first = JSON.parse(
  readFileSync(new URL('../reports/fixtures/result-v1.json', import.meta.url), 'utf8'),
) as Result;

/** The first result with its first clause changed. */
function changed(more: object): unknown {
  return {
    ...first,
    clauses: first.clauses.map((clause, index) => (index === 0 ? { ...clause, ...more } : clause)),
  };
}

describe('the JSON Schema of the result file', () => {
  it('is up to date', () => {
    expect(text, 'bring it up to date: npm run refresh').toBe(resultSchemaText());
  });

  it.each<[string, unknown, boolean]>([
    ['the first result', first, true],
    ['one with members that it does not know', changed({ later: 1 }), true],
    ['an untested clause without a check', changed({ verdict: 'not-tested', reason: 'x', checks: [] }), true],
    ['an untested clause without a reason', changed({ verdict: 'not-tested', reason: undefined }), false],
    ['a passed clause without a check', changed({ verdict: 'passed', checks: [] }), false],
    ['an unknown verdict', changed({ verdict: 'fine' }), false],
    ['a source that a browser would run', changed({ source: 'javascript:alert(1)' }), false],
    ['another version', { ...first, schemaVersion: 2 }, false],
    ['a date that is none', { ...first, run: { ...first.run, startedAt: 'today' } }, false],
  ])('agrees with the suite about %s', (_what, value, holds) => {
    const written: unknown = JSON.parse(JSON.stringify(value));
    expect(validate(written)).toBe(holds);
    expect(resultProblems(written).length === 0).toBe(holds);
  });
});
