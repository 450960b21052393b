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

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether tests take as many seeds, and texts as long, as is worth it. `npm run check` takes fewer of them. */
    readonly thorough: boolean;
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '**/node_modules/**', '.stryker-tmp/**'],
    provide: { thorough: process.env.BGOP_UNIT_TESTS !== 'brief' },
    globalSetup: ['scripts/tests-folder.mjs'],
    // Tests of whole commands share a busy machine: a hang ends them, slowness does not.
    testTimeout: 120_000,
    // Tests of whole commands wait for other processes: on two cores, too, one at a time leaves a third idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only tests that wait in real time run beside each other.
    maxConcurrency: 40,
  },
});
