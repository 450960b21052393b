import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Which tests meet the mutants: those named in the environment, or the unit tests of the mutated folders. */
const include = process.env.BGOP_MUTATION_TESTS?.split(',') ?? ['{reports,harness,cli}/**/*.test.ts'];

/** The unit tests alone, for Stryker; with fewer seeds, since every mutant meets them. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      include,
      exclude: ['**/*.{integration,browser,container}.test.ts'],
      isolate: false,
      provide: { thorough: false },
    },
  }),
);
