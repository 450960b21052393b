import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import suite from './package.json' with { type: 'json' };
import simulator from './packages/simulator/package.json' with { type: 'json' };

/** What the packages export, from its source: the examples import it by its published name. */
const alias = [suite, simulator].flatMap(({ name, exports }) =>
  Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === 'string' || path.includes('*')) return [];
    const source = target.default.replace('./dist/', './').replace(/\.js$/, '.ts');
    const replacement = fileURLToPath(new URL(source, import.meta.url));
    return [{ find: new RegExp(`^${name}${path.slice(1)}$`), replacement }];
  }),
);

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '**/node_modules/**', '.stryker-tmp/**'],
    globalSetup: ['scripts/tests-folder.mjs'],
    // Tests of whole commands share a busy machine: a hang ends them, slowness does not.
    testTimeout: 120_000,
    // Tests of whole commands wait for other processes: on two cores, too, one at a time leaves a third idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only tests that wait in real time run beside each other.
    maxConcurrency: 40,
  },
});
