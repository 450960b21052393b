import tseslint from 'typescript-eslint';
import { house } from './scripts/eslint-rules.mjs';

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
  // Not strictTypeChecked: it took four times as long (114 s of processor time instead of 26), and of its 780
  // findings 690 were numbers in templates and arrow functions that pass a void on, both wanted here.
  ...tseslint.configs.strict,
  {
    plugins: { house },
    rules: {
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
