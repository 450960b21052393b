import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ReporterDescription } from '@playwright/test';
import { planAlone } from './cli/run-alone.ts';
import { blobFolder } from './cli/verify/report-directory.ts';
import { blobName } from './cli/verify/shards.ts';
import { configOfRun, type Config } from './harness/config.ts';
import { workersFor } from './harness/config/workers.ts';
import { currentSuiteRun, scratchFiles } from './record/run-plan.ts';

// Started by `bgop verify`, this process finds the plan of the run. Started by itself (`npx playwright
// test`, an editor), it makes one.
const plan = currentSuiteRun() ?? (await planAlone());
// Whatever this process writes goes past the mask, which hereby knows the secrets.
const config = configOfRun(plan);
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const conformance: ReporterDescription = [here(`./reports/reporter.${extension}`)];
const progress: ReporterDescription = [here(`./cli/progress-reporter.${extension}`)];
const blob: ReporterDescription[] =
  plan.kind === 'verify' && plan.shard !== undefined
    ? [['blob', { outputDir: path.join(plan.report, blobFolder), fileName: blobName(plan.shard) }]]
    : [];

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
  outputDir: plan.kind === 'verify' ? scratchFiles(plan.scratch).output : path.resolve('test-results'),
  // Where a check takes a millisecond, handing each to a worker by itself costs more than the check.
  // The files whose checks take long say so themselves (`eachByItself`).
  fullyParallel: config.target.kind !== 'simulator',
  // Checks write no files; looking for them after each takes time.
  preserveOutput: 'always',
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: workersFor(config),
  timeout: timeoutFor(config),
  reporter: plan.kind === 'verify' ? [progress, conformance, ...blob] : [['list'], conformance],
  metadata: { bgop: plan.meta },
});
