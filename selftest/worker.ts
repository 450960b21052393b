import { parentPort } from 'node:worker_threads';
import { collectChecks } from '../harness/runner.ts';
import { suiteFiles } from './suite-files.ts';
import type { WorkerAnswer } from './pool.ts';
import { runAll, type TrialOptions } from './work.ts';

const collected = collectChecks(suiteFiles());

parentPort?.on('message', (trial: TrialOptions) => {
  void answer(trial).then((result) => parentPort?.postMessage(result));
});

async function answer(trial: TrialOptions): Promise<WorkerAnswer> {
  const began = performance.now();
  try {
    const run = await runAll(await collected, trial);
    return { ...run, durationMs: Math.round(performance.now() - began) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
