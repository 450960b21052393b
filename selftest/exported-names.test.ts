import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** The folders whose exported names have one meaning each. The others still share some. */
const folders = ['contract', 'record', 'reports', 'cli'];

const root = fileURLToPath(new URL('../', import.meta.url));
const exported =
  /^export (?:abstract |async )*(?:const|let|function\*?|class|interface|type) ([A-Za-z_$][\w$]*)/gm;

it('an exported name has one meaning', () => {
  const found = new Map<string, Set<string>>();
  for (const file of globSync(`{${folders.join(',')}}/**/*.ts`, { cwd: root })) {
    if (/\.(?:test|fixture)\.ts$|[\\/]fixtures[\\/]|^contract[\\/]clauses[\\/]/.test(file)) continue;
    for (const [, name = ''] of readFileSync(`${root}${file}`, 'utf8').matchAll(exported))
      found.set(name, (found.get(name) ?? new Set()).add(file));
  }
  expect(found.size).toBeGreaterThan(100);
  const shared = [...found].filter(([, files]) => files.size > 1);
  expect(
    shared.map(([name, files]) => `${name}: ${[...files].join(', ')}`),
    'give each of them a name of its own',
  ).toEqual([]);
});
