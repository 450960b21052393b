import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemas, validate, type SchemaName } from './schemas.ts';

function examples(name: string): { good: unknown[]; bad: unknown[] } {
  return JSON.parse(readFileSync(new URL(`./wire/examples/${name}.json`, import.meta.url), 'utf8')) as never;
}

describe.each(Object.keys(schemas) as SchemaName[])('the schema of %s', (name) => {
  const { good, bad } = examples(name);

  it.each(good.map((value) => [JSON.stringify(value), value]))('accepts %s', (_text, value) => {
    expect(validate(name, value)).toEqual({ ok: true });
  });

  it.each(bad.map((value) => [JSON.stringify(value), value]))('refuses %s, with a reason', (_text, value) => {
    const validation = validate(name, value);
    expect(validation.ok).toBe(false);
    if (!validation.ok) expect(validation.problems.join()).not.toBe('');
  });
});
