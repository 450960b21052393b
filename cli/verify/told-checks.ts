import type { Outcome, RawCheck } from '../../record/outcome.ts';
import type { RecordedRun } from '../../reports/recorded-run.ts';
import type { RunMeta } from '../../record/run-meta.ts';
import type { ProgressMessage } from '../progress-reporter.ts';

/** What the runner told of the checks of a run, kept in memory in case that no file of it can be had. */
export class ToldChecks {
  readonly #startedAt = new Date().toISOString();
  readonly #checks = new Map<string, RawCheck[]>();
  readonly #errors: string[] = [];
  #status: string | undefined;

  /** Playwright's word for the end of the run; undefined while it goes on, and where it was killed. */
  get status(): string | undefined {
    return this.#status;
  }

  get empty(): boolean {
    return this.#checks.size === 0;
  }

  /** When the run began, in milliseconds. */
  get began(): number {
    return Date.parse(this.#startedAt);
  }

  take(message: ProgressMessage): void {
    if (message.kind === 'done') this.#status = message.status;
    else if (message.kind === 'error') this.#errors.push(message.message);
    else if (message.kind === 'end') {
      const { id, title, durationMs, checks } = message;
      const raw = checks.map(({ clause, branch, outcome, reason }) => ({
        clause,
        title,
        ...(branch === undefined ? {} : { branch }),
        file: '',
        line: 0,
        outcome: outcome as Outcome,
        ...(reason === undefined ? {} : { reason }),
        startedAt: this.#startedAt,
        durationMs: Math.max(0, Math.round(durationMs)),
        evidence: [],
      }));
      this.#checks.set(id, raw);
    }
  }

  /** The run as it was told, without evidence. */
  recorded(meta: RunMeta, shard?: string): RecordedRun {
    return {
      startedAt: this.#startedAt,
      root: '',
      meta,
      ...(shard === undefined ? {} : { shard }),
      tests: [],
      checks: [...this.#checks.values()].flat(),
      begun: new Set(),
      ended: new Set(this.#checks.keys()),
      errors: this.#errors,
    };
  }

  /** A journaled run with the checks that its journal misses, as one that was cut short does. */
  completed(run: RecordedRun): RecordedRun {
    const missing = [...this.#checks].filter(([id]) => !run.ended.has(id));
    if (missing.length === 0) return run;
    return {
      ...run,
      checks: [...run.checks, ...missing.flatMap(([, checks]) => checks)],
      ended: new Set([...run.ended, ...missing.map(([id]) => id)]),
    };
  }
}
