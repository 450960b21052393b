import { Worker } from 'node:worker_threads';
import type { TrialOptions, TrialRun } from './work.ts';

/** What a worker sends back for one piece of work. */
export type WorkerAnswer = TimedRun | { readonly problem: string };

/** A run with the real time that it took, in milliseconds. */
export type TimedRun = TrialRun & { readonly durationMs: number };

const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Threads that each have the suite loaded once, and run trials in the order in which these were asked for. */
export class Pool {
  readonly #free: Worker[] = [];
  readonly #waiting: { readonly go: (worker: Worker) => void; readonly fail: (error: Error) => void }[] = [];
  readonly #workers = new Set<Worker>();
  readonly #threads: number;
  readonly #file: URL;
  #closed = false;

  /** @param file what a thread runs: it answers each trial that it is sent with a {@link WorkerAnswer} */
  constructor(threads: number, file = workerFile) {
    this.#threads = threads;
    this.#file = file;
  }

  /**
   * Runs a trial on the thread that is free first.
   *
   * @throws Error when the worker dies, or the trial comes to no end; the message names the trial
   */
  async run(trial: TrialOptions): Promise<TimedRun> {
    const worker = await this.#taken();
    const answer = await ask(worker, trial).finally(() => {
      if (this.#closed) return;
      const next = this.#waiting.shift();
      // One that died has left, and another takes its place.
      const usable = this.#workers.has(worker);
      if (next !== undefined) next.go(usable ? worker : this.#start());
      else if (usable) this.#free.push(worker);
    });
    if ('problem' in answer) throw new Error(`${nameOf(trial)}: ${answer.problem}`);
    return answer;
  }

  /** Ends the threads, whatever they are at; what waits for one is not run any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { fail } of this.#waiting.splice(0))
      fail(new Error('The self-test was ended before this trial.'));
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #taken(): Worker | Promise<Worker> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#workers.size < this.#threads) return this.#start();
    return new Promise((go, fail) => this.#waiting.push({ go, fail }));
  }

  /** Starts a thread, which leaves the pool by itself when it dies, though it had nothing to do. */
  #start(): Worker {
    const worker = new Worker(this.#file);
    const leaves = (): void => {
      this.#workers.delete(worker);
      const index = this.#free.indexOf(worker);
      if (index >= 0) this.#free.splice(index, 1);
    };
    worker.on('error', leaves).on('exit', leaves);
    this.#workers.add(worker);
    return worker;
  }
}

/** What a trial is called in messages. */
function nameOf({ deviations, vary }: TrialOptions): string {
  if (vary !== undefined) return `freedoms of seed ${vary}`;
  return deviations.join(', ') || 'the plain simulator';
}

function ask(worker: Worker, trial: TrialOptions): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => {
      settle();
      reject(new Error(`The worker died in ${nameOf(trial)}: ${String(error)}`));
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
