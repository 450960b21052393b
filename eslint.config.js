import tseslint from 'typescript-eslint';
import { house } from './scripts/eslint-rules.mjs';

/** Which folders a folder may import from, besides itself. Everything else is refused. */
const allowed = {
  contract: [],
  simulator: ['contract'],
  harness: ['contract'],
  reports: ['contract', 'harness'],
  scenarios: ['contract', 'harness'],
  specs: ['contract', 'harness', 'scenarios'],
  selftest: ['contract', 'simulator', 'harness', 'reports'],
  cli: ['contract', 'simulator', 'harness', 'reports', 'scenarios', 'specs', 'selftest'],
  containers: ['contract', 'simulator', 'harness', 'cli'],
};
/** Files that may import from one folder more: only these know the simulator. */
const except = {
  'harness/target.ts': ['simulator'],
  'harness/embedded.ts': ['simulator'],
  'harness/embedded-transport.ts': ['simulator'],
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '**/node_modules/**',
      'conformance-report/**',
      'test-results/**',
      '.stryker-tmp/**',
      'mutation-report/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    plugins: { house },
    rules: {
      'house/no-circle': 'error',
      'house/direction': ['error', { allowed, except }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Playwright reads the names of fixtures off the pattern, so it must be one even where it is empty.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    // Everything that may show what a target said. The reports are made of results that are masked already.
    files: ['harness/**/*.ts', 'cli/**/*.ts', 'scenarios/**/*.ts', 'specs/**/*.ts'],
    ignores: ['harness/mask/excerpt.ts', '**/*.test.ts', '**/fixtures/**'],
    rules: { 'house/mask-before-cut': 'error' },
  },
  {
    // The simulator shares vocabulary with the suite, never its oracle.
    files: ['simulator/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/contract/lifecycle.ts'],
              message: 'The simulator must not use the suite’s oracle.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['scenarios/**/*.ts', 'specs/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@playwright/test',
              message: 'Use harness/test.ts: its verdicts carry the clause and the evidence.',
            },
          ],
        },
      ],
    },
  },
);
