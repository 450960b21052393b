import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folders = [
  'contract',
  'record',
  'simulator',
  'harness',
  'scenarios',
  'specs',
  'reports',
  'containers',
  'selftest',
  'cli',
];

/**
 * The two words of the field that stay shared: the simulator, a package of its own, and the suite may know nothing of
 * each other, and each says `Operation` and `Exchange` to its users. No name is added here.
 */
const stillShared = ['Exchange', 'Operation'];

const root = fileURLToPath(new URL('../', import.meta.url));
const exported =
  /^export (?:abstract |async )*(?:const|let|function\*?|class|interface|type) ([A-Za-z_$][\w$]*)/gm;

/** Every exported name with the files that define it; not of tests, clauses and deviations, which are found by their paths. */
function exportedNames(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of globSync(`{${folders.join(',')}}/**/*.ts`, { cwd: root })) {
    if (/\.(?:test|fixture)\.ts$|[\\/]fixtures[\\/]|^contract[\\/]clauses[\\/]/.test(file)) continue;
    if (/^simulator[\\/]deviations[\\/].*[\\/]/.test(file)) continue;
    for (const [, name = ''] of readFileSync(`${root}${file}`, 'utf8').matchAll(exported))
      found.set(name, (found.get(name) ?? new Set()).add(file));
  }
  return found;
}

it('an exported name has one meaning', () => {
  const found = exportedNames();
  expect(found.size).toBeGreaterThan(500);
  const shared = [...found].filter(([, files]) => files.size > 1);
  expect(
    shared
      .filter(([name]) => !stillShared.includes(name))
      .map(([name, files]) => `${name}: ${[...files].join(', ')}`),
    'give each of them a name of its own',
  ).toEqual([]);
  expect(
    stillShared.filter((name) => shared.every(([one]) => one !== name)),
    'they are shared no longer: take them off the list',
  ).toEqual([]);
});
