import { Worker } from 'node:worker_threads';
import type { TrialOptions, TrialRun } from './work.ts';

/** What a worker sends back for one piece of work. */
export type WorkerAnswer = (TrialRun & { readonly durationMs: number }) | { readonly problem: string };

const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Runs trials on several threads, each with the suite loaded once. `done` is told of each as it ends.
 *
 * @throws Error when a worker dies; the message names the trial it died in.
 */
export async function runTrials(
  trials: readonly TrialOptions[],
  threads: number,
  done: (index: number, answer: WorkerAnswer) => void,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(workerFile);
    try {
      for (let index = next++; index < trials.length; index = next++) {
        const trial = trials[index];
        if (trial !== undefined) done(index, await ask(worker, trial));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, trials.length) }, work));
}

function ask(worker: Worker, trial: TrialOptions): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => {
      settle();
      reject(
        new Error(
          `The worker died in ${trial.deviations.join(', ') || 'the plain simulator'}: ${String(error)}`,
        ),
      );
    };
    const exited = (code: number): void => failed(`exit code ${code}`);
    const answered = (answer: WorkerAnswer): void => {
      settle();
      resolve(answer);
    };
    const settle = (): void => {
      worker.off('error', failed).off('exit', exited).off('message', answered);
    };
    worker.once('error', failed).once('exit', exited).once('message', answered);
    worker.postMessage(trial);
  });
}
