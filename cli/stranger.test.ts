import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const folders = [
  'bin',
  'cli',
  'harness',
  'record',
  'reports',
  'scenarios',
  'simulator',
  'specs',
  'traffic',
  'selftest',
];
/** Say that the short name could be a stranger's, or are for whoever works in a clone. */
const explains = ['reports/page/script/command.ts', 'docs/target-interface.md', 'docs/adding-a-clause.md'];

it('tells nobody to fetch the package "bgop", which is not ours', () => {
  const files = globSync(`{${folders.join(',')}}/**/*.{ts,js,mjs}`, { cwd: root }).concat(
    globSync(['{examples/ci,.github}/**/*.yml', 'docs/**/*.md'], { cwd: root }),
  );
  expect(files.length).toBeGreaterThan(500);
  const shipped = files.filter((file) => !/\.test\.ts$|fixtures\//.test(file) && !explains.includes(file));
  expect(shipped.filter((file) => readFileSync(root + file, 'utf8').includes('npx bgop'))).toEqual([]);
});
