import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import suite from '../../package.json' with { type: 'json' };
import manifest from './package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

it('has the version of the suite, and its versions of dependencies', () => {
  const { version, engines, dependencies } = manifest;
  expect({ version, engines }).toEqual({ version: suite.version, engines: suite.engines });
  expect(suite.dependencies).toMatchObject(dependencies);
  expect(manifest.peerDependencies.testcontainers).toBe(suite.peerDependencies.testcontainers);
});

it('exports what has a source', () => {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : Object.values(target),
  );
  const lost = targets
    .filter((target) => !target.includes('*'))
    .filter((target) => !existsSync(root + target.replace('./dist/', '').replace(/(\.d\.ts|\.js)$/, '.ts')));
  expect(lost).toEqual([]);
});

// One declaration stands for all, so that the package has 180 files less.
it('has deviations that are all declared in the same way', () => {
  const files = globSync('simulator/deviations/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(150);
  const other = files.filter(
    (file) => !/^export default defineDeviations\(\{$/m.test(readFileSync(root + file, 'utf8')),
  );
  expect(other).toEqual([]);
});
