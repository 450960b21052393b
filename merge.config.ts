import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

// For `bgop report merge`: the same reporter, fed with the blobs of all shards.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

export default defineConfig({
  testDir: fileURLToPath(new URL('.', import.meta.url)),
  reporter: [[fileURLToPath(new URL(`./reports/reporter.${extension}`, import.meta.url))]],
});
