import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Which folders a folder may import from, besides itself. Everything else is refused. */
const allowed = {
  contract: [],
  simulator: ['contract'],
  harness: ['contract'],
  reports: ['contract', 'harness'],
  scenarios: ['contract', 'harness'],
  specs: ['contract', 'harness'],
  selftest: ['contract', 'simulator', 'harness', 'reports'],
  cli: ['contract', 'simulator', 'harness', 'reports', 'scenarios', 'specs', 'selftest'],
};
const folders = Object.keys(allowed);

const zones = folders
  .map((folder) => ({
    target: `./${folder}`,
    from: folders
      .filter((other) => other !== folder && !allowed[folder].includes(other))
      .map((f) => `./${f}`),
    message: `${folder}/ may import only: ${[folder, ...allowed[folder]].join(', ')}.`,
  }))
  .filter((zone) => zone.from.length > 0);

export default tseslint.config(
  {
    ignores: ['dist/**', 'node_modules/**', '**/node_modules/**', 'conformance-report/**', 'test-results/**'],
  },
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.js'] } },
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Playwright reads the names of fixtures off the pattern, so it must be one even where it is empty.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    files: ['harness/target.ts', 'harness/embedded.ts'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: zones.map((z) =>
            z.target === './harness' ? { ...z, from: z.from.filter((f) => f !== './simulator') } : z,
          ),
        },
      ],
    },
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
