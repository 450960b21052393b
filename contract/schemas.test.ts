import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemas, validate, type SchemaName } from './schemas.ts';

interface Example {
  readonly title: string;
  readonly value: unknown;
}

const names = Object.keys(schemas) as SchemaName[];
const folder = new URL('./wire/', import.meta.url);

function examples(name: string): { readonly good: readonly Example[]; readonly bad: readonly Example[] } {
  return JSON.parse(readFileSync(new URL(`examples/${name}.json`, folder), 'utf8')) as never;
}

describe.each(names)('the schema of %s', (name) => {
  const { good, bad } = examples(name);

  it('has good and bad examples', () => {
    expect(good.length).toBeGreaterThan(0);
    expect(bad.length).toBeGreaterThan(2);
  });

  it.each(good)('accepts $title', ({ value }) => {
    expect(validate(name, value)).toEqual({ ok: true });
  });

  it.each(bad)('refuses $title, with a reason', ({ value }) => {
    const validation = validate(name, value);
    expect(validation.ok).toBe(false);
    if (!validation.ok) for (const problem of validation.problems) expect(problem.length).toBeGreaterThan(10);
    if (!validation.ok) expect(validation.problems).not.toHaveLength(0);
  });
});

describe('the schemas', () => {
  it('are all of the folder, apart from what they share', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.schema.json'));
    expect(files.map((file) => file.replace('.schema.json', '')).sort()).toEqual([...names, 'common'].sort());
  });

  it('name themselves after their files', () => {
    for (const name of names) expect(schemas[name].$id.endsWith(`/${name}.schema.json`), name).toBe(true);
  });

  it('say in sentences what is wrong', () => {
    const problems = (name: SchemaName, value: unknown): readonly string[] => {
      const validation = validate(name, value);
      return validation.ok ? [] : validation.problems;
    };
    const codes = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 };
    expect(problems('monitor-failed', codes)).toEqual([
      'the payload has no backgroundOperationErrorCode',
      'the payload has no backgroundOperationErrorMessage',
      'backgroundOperationStatusCode must be 31, but is 30',
    ]);
    expect(problems('clock-advance', { milliseconds: '1' })).toEqual([
      'milliseconds must be integer, but is "1"',
    ]);
    expect(problems('clock-advance', { milliseconds: 1, seconds: 2 })).toEqual([
      'the payload must not have seconds',
    ]);
    expect(
      problems('monitor-canceled', {
        backgroundOperationStateCode: 3,
        backgroundOperationStatusCode: 32,
        Text: 'x',
      }),
    ).toEqual(['the payload must not have Text']);
  });
});
