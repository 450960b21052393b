import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ReporterDescription } from '@playwright/test';
import { runMeta } from './cli/run-meta.ts';
import { loadConfig, type Config } from './harness/config.ts';
import { workersFor } from './harness/config/workers.ts';
import { registerSecretsOf } from './harness/secrets.ts';
import { readRunMeta } from './reports/run-meta.ts';

// Started by `bgop verify` everything is in the environment. Started by itself (`npx playwright
// test`, an editor), it loads bgop.config.* or falls back to the embedded simulator; the workers
// inherit what is set here.
process.env['BGOP_CONFIG'] ??= JSON.stringify(await loadConfig());
const config = JSON.parse(process.env['BGOP_CONFIG']) as Config;
// Whatever this process writes goes past the mask.
registerSecretsOf(config);
process.env['BGOP_RUN'] ??= JSON.stringify(runMeta(config));

const inVerify = process.env['BGOP_VERIFY'] === '1';
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const conformance: ReporterDescription = [here(`./reports/reporter.${extension}`)];
const progress: ReporterDescription = [here(`./cli/progress-reporter.${extension}`)];
const { BGOP_BLOB_DIR: blobDirectory, BGOP_BLOB_NAME: blobName = 'shard.zip' } = process.env;
const blob: ReporterDescription[] =
  blobDirectory === undefined ? [] : [['blob', { outputDir: blobDirectory, fileName: blobName }]];

/** What one check may take: on a real clock it may wait for retries, more than once. */
function timeoutFor({ slow, target, timeouts, budget }: Config): number {
  if (slow) return 3_600_000;
  const waitsMs = target.clock.kind === 'real' ? 6 * budget.waitMs : 0;
  return Math.max(90_000, 2 * timeouts.progressMs, 30_000 + waitsMs);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export default defineConfig({
  testDir: here('.'),
  // One project: each would have workers of its own, which costs more than the checks of some sections.
  // Anchored at the root: a folder of the same name further down is somebody else's.
  testMatch: new RegExp(`^${escaped(here('.'))}(?:scenarios|specs)[\\\\/].*\\.spec\\.${extension}$`),
  outputDir: process.env['BGOP_OUTPUT_DIR'] ?? path.resolve('test-results'),
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: workersFor(config),
  timeout: timeoutFor(config),
  reporter: inVerify ? [progress, conformance, ...blob] : [['list'], conformance],
  metadata: { bgop: readRunMeta({ metadata: {} }) },
});
