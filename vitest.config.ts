import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '**/node_modules/**', '.stryker-tmp/**'],
    globalSetup: ['scripts/tests-folder.mjs'],
    testTimeout: 30_000,
    // Only tests that wait in real time run beside each other.
    maxConcurrency: 40,
  },
});
