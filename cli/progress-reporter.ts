import { rmSync } from 'node:fs';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestResult,
} from '@playwright/test/reporter';
import { currentRunPlan } from '../record/run-plan.ts';
import { maskText } from '../harness/mask.ts';
import { noticesIn, type Notice } from '../harness/notices.ts';
import { rawChecks } from '../reports/collect.ts';

/** What the runner tells the command line while it works, over the channel between the two processes. */
export type ProgressMessage =
  | { readonly kind: 'begin'; readonly total: number; readonly workers: number }
  | { readonly kind: 'start'; readonly title: string }
  | {
      readonly kind: 'end';
      /** Playwright's id of the test. */
      readonly id: string;
      readonly title: string;
      readonly durationMs: number;
      readonly checks: readonly CheckEnding[];
    }
  | Notice
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'done'; readonly status: FullResult['status'] };

/** How one check of a clause ended. */
export interface CheckEnding {
  readonly clause: string;
  readonly branch?: string;
  readonly outcome: string;
  readonly reason?: string;
}

/** Tells `bgop verify` what happens, and lets the command line draw it. */
export default class ProgressReporter implements Reporter {
  readonly #teller = new Teller();
  #root = process.cwd();

  printsToStdio(): boolean {
    return true;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#root = config.rootDir;
    if (process.send !== undefined) endWithParent();
    // The channel must not keep the process alive.
    process.channel?.unref();
    this.#teller.tell({ kind: 'begin', total: suite.allTests().length, workers: config.workers });
  }

  onTestBegin(test: TestCase): void {
    this.#teller.tell({ kind: 'start', title: test.title });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const checks = rawChecks(test, result, this.#root).map(({ clause, branch, outcome, reason }) => ({
      clause,
      ...(branch === undefined ? {} : { branch }),
      outcome,
      ...(reason === undefined ? {} : { reason }),
    }));
    this.#teller.tell({ kind: 'end', id: test.id, title: test.title, durationMs: result.duration, checks });
  }

  onStdErr(chunk: string | Buffer): void {
    for (const notice of noticesIn(String(chunk))) this.#teller.tell(notice);
  }

  onError(error: { message?: string; value?: string }): void {
    this.#teller.tell({
      kind: 'error',
      message: maskText(error.message ?? error.value ?? 'an error without a message'),
    });
  }

  onEnd({ status }: FullResult): void {
    this.#teller.tell({ kind: 'done', status });
  }
}

/**
 * Ends this process at once when the command line is gone, which was killed then: the journal has what was
 * found, and `bgop report recover` makes a report of it. The workers notice in turn, and take away what they
 * made in the target.
 */
function endWithParent(): void {
  const plan = currentRunPlan();
  const end = (): void => {
    if (plan?.kind === 'verify') rmSync(plan.scratch, { recursive: true, force: true });
    process.exit(3);
  };
  process.once('disconnect', end);
  // It may have gone while the checks were being loaded.
  if (!process.connected) end();
}

/** How long what can wait is gathered, in milliseconds; a message each costs as much as a small check. */
const gatherMs = 40;

/** Tells the command line, several messages at a time, in the order of what happened. */
class Teller {
  #waiting: ProgressMessage[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** What begins, ends or disturbs a run is told at once. */
  tell(message: ProgressMessage): void {
    this.#waiting.push(message);
    if (message.kind !== 'start' && message.kind !== 'end') this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), gatherMs);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const messages = this.#waiting;
    this.#waiting = [];
    if (process.connected) process.send?.(messages);
  }
}
