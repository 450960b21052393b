import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { codeRoot, moduleExtension } from '../package.ts';
import type { ProgressMessage } from '../progress-reporter.ts';
import { quickStart } from './quick-start.ts';
import { endProcess, takeSignals } from './signals.ts';
import { SilentClock } from './silent-clock.ts';

/** One run of Playwright. */
export interface RunnerOptions {
  /** Arguments after `test -c playwright.config`. */
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The run is stopped when no check decided anything for this many milliseconds. */
  readonly progressMs: number;
  readonly onMessage: (message: ProgressMessage) => void;
  /** A line that the runner printed itself; normally there is none. */
  readonly onOutput: (line: string) => void;
}

/** How a run ended. Playwright's own exit code says nothing about conformance, so it is not here. */
export interface RunnerEnding {
  /** Why the run was stopped before its end. */
  readonly stopped?: string;
  /** Stopped at once, without a report. */
  readonly killed: boolean;
  /** How the process ended, e.g. "killed by SIGKILL". */
  readonly exit: string;
}

/** How long a stopped run may take to tidy up and write its report. */
const tidyMs = 20_000;

/** How long what a runner has printed may take to arrive once it has ended. */
const lastWordsMs = 1_000;

/** Longest time until the runner has loaded the checks; a busy machine takes long, and no target has a part in it. */
const loadMs = 300_000;

/** How long a stop that comes before the first check waits for it. */
const earlyMs = 5_000;

/** Runs Playwright in a process of its own and waits for its end. */
export async function runPlaywright(options: RunnerOptions): Promise<RunnerEnding> {
  const child = start(options);
  const stop = stopper(child);
  const silentClock = new SilentClock();
  let loaded = false;
  const watchdog = watch(options.progressMs, () =>
    stop.gently(
      loaded
        ? `The target did not respond for ${Math.round(options.progressMs / 1000)} s; the run was stopped.`
        : `The checks were not loaded within ${loadMs / 1_000} s; the run was stopped. Is this machine too busy?`,
    ),
  );
  const take = (told: ProgressMessage): void => {
    loaded ||= told.kind === 'begin';
    if (told.kind === 'start' || told.kind === 'end') stop.mayBeGentle();
    // Waiting as the target asked to is no standstill; whoever waits has a deadline of its own.
    if (told.kind === 'waiting' || told.kind === 'patient') watchdog.reset(told.milliseconds);
    else if (told.kind === 'gave-up') stop.gently(`${capital(told.why)}.`);
    else if (told.kind === 'clock-silent') {
      const why = silentClock.heard(told.answered);
      if (why !== undefined) stop.gently(why);
    } else if (gotAhead(told)) watchdog.reset();
    options.onMessage(told);
  };
  child.on('message', (messages) => {
    (messages as readonly ProgressMessage[]).forEach(take);
  });
  const signals = forwardSignals(stop);
  try {
    const exit = await ended(child);
    return { ...stop.ending(), exit };
  } finally {
    watchdog.stop();
    signals.release();
    stop.done();
  }
}

/** Resolves with how the runner ended. Workers that outlive one which was killed are ended with it: nobody hears them any more. */
async function ended(child: ChildProcess): Promise<string> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exit = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit status ${code ?? 'unknown'}` : `killed by ${signal}`);
    });
  });
  endGroup(child);
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, lastWordsMs);
  await Promise.race([closed, late.promise]);
  clearTimeout(timer);
  return exit;
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole of it has ended.
  }
}

function start({ args, environment, onOutput }: RunnerOptions): ChildProcess {
  const playwright = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  const config = path.join(codeRoot, `playwright.config${moduleExtension}`);
  const child = spawn(process.execPath, [playwright, 'test', '-c', config, ...args], {
    env: { ...quickStart(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C reaches the command line only, which passes it on exactly once;
    // Playwright takes a second one as an order to drop everything.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.filter((line) => line.trim() !== '').forEach(onOutput);
    });
  }
  return child;
}

/** Whether a message shows that the run gets ahead; a target that gives no answers keeps a run busy, not going. */
function gotAhead(message: ProgressMessage): boolean {
  if (message.kind !== 'end')
    return !['start', 'made', 'gone', 'disturbed', 'requests'].includes(message.kind);
  return (
    message.checks.length === 0 ||
    message.checks.some(({ outcome }) => outcome !== 'unanswered' && outcome !== 'error')
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `reset` begins anew, and waits for so many milliseconds more this time. */
function watch(
  milliseconds: number,
  expire: () => void,
): { reset: (moreMs?: number) => void; stop: () => void } {
  let timer = setTimeout(expire, Math.max(loadMs, milliseconds));
  let until = 0;
  const reset = (moreMs = 0): void => {
    // What is awaited already is not shortened by others who get ahead meanwhile.
    until = Math.max(until, performance.now() + milliseconds + moreMs);
    clearTimeout(timer);
    timer = setTimeout(expire, until - performance.now());
  };
  return {
    reset,
    stop: () => {
      clearTimeout(timer);
    },
  };
}

interface Stopper {
  readonly gently: (why: string) => void;
  /** Told when the first check is at work: a signal that comes just before would leave Playwright hanging. */
  readonly mayBeGentle: () => void;
  readonly atOnce: () => void;
  readonly ending: () => Omit<RunnerEnding, 'exit'>;
  readonly done: () => void;
}

function stopper(child: ChildProcess): Stopper {
  let stopped: string | undefined;
  let killed = false;
  let timer: NodeJS.Timeout | undefined;
  let early: NodeJS.Timeout | undefined;
  let atWork = false;
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      // Gently the runner alone, which then ends its workers; at once the whole group.
      process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
    } catch {
      // It has ended already.
    }
  };
  const atOnce = (): void => {
    killed = true;
    signal('SIGKILL');
  };
  return {
    gently: (why) => {
      if (stopped !== undefined) return;
      stopped = why;
      if (child.connected) child.send({ stop: why }, () => undefined);
      if (atWork) signal('SIGINT');
      else early = setTimeout(() => signal('SIGINT'), earlyMs);
      timer = setTimeout(atOnce, tidyMs);
    },
    mayBeGentle: () => {
      atWork = true;
      if (early === undefined) return;
      clearTimeout(early);
      early = undefined;
      signal('SIGINT');
    },
    atOnce,
    ending: () => ({ killed, ...(stopped === undefined ? {} : { stopped }) }),
    done: () => {
      clearTimeout(early);
      clearTimeout(timer);
    },
  };
}

/** The first signal stops the run with a partial report, the second one at once. */
function forwardSignals(stop: Stopper): { release: () => void } {
  let first: number | undefined;
  const receive = (): void => {
    const now = performance.now();
    first ??= now;
    if (first === now) stop.gently('The run was interrupted.');
    // npm passes on what the terminal has sent to everybody already: that is one Ctrl-C, not two.
    else if (now - first > 500) stop.atOnce();
  };
  const signals = takeSignals(receive);
  return {
    release: () => {
      signals.release();
      // The second Ctrl-C may come while the partial report is told of: it stops that at once, too.
      if (first !== undefined) takeSignals(endProcess);
    },
  };
}
