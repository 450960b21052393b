import path from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import type { RunMeta } from '../record/run-meta.ts';
import { currentRunPlan, scratchFiles } from '../record/run-plan.ts';
import type { Disruption, RawCheck } from '../record/outcome.ts';
import { maskDeep, maskText } from '../harness/mask.ts';
import { disruptionsNoted, gathered } from '../harness/disruptions.ts';
import { noticesIn } from '../harness/notices.ts';
import { requestsSent } from '../harness/requests.ts';
import { keepBodies, type WholeBody } from './body-files.ts';
import { passedOver, rawChecks, wholeBodies } from './collect.ts';
import { JournalWriter } from './journal.ts';
import { readKilledShards } from './killed-shards.ts';
import type { RecordedTest } from '../record/journal-line.ts';
import { resultOf } from './recorded-run.ts';
import type { Result } from '../record/result.ts';
import { defaultDirectory, runMetaOf } from './run-meta.ts';
import { StopOrder } from './stop-order.ts';
import { writeReport } from './write.ts';

/** Options of the reporter, for use in a Playwright configuration. */
export interface ReporterOptions {
  /** Where the report goes, unless the plan of the run says; `conformance-report` by default. */
  readonly directory?: string;
}

/**
 * Turns what Playwright tells into the result file and its pages. It collects raw outcomes while the
 * run goes on, and journals each as it falls; verdicts are derived once, at the end, so that shards merge
 * to the same report.
 */
export default class ConformanceReporter implements Reporter {
  readonly #options: ReporterOptions;
  readonly #plan = currentRunPlan();
  readonly #stop = this.#plan?.kind === 'verify' ? new StopOrder() : undefined;
  readonly #checks: RawCheck[] = [];
  readonly #bodies = new Map<string, WholeBody>();
  readonly #begun = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #errors: string[] = [];
  readonly #disruptions: Disruption[] = [];
  /** Requests of the workers that told how many they sent. */
  #requests: number | undefined;
  #journal: JournalWriter | undefined;
  #config: FullConfig | undefined;
  #suite: Suite | undefined;

  constructor(options: ReporterOptions = {}) {
    this.#options = options;
  }

  /** It leaves the terminal to others. */
  printsToStdio(): boolean {
    return false;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#config = config;
    this.#suite = suite;
    // Only `bgop verify` has the folder for itself.
    if (this.#plan?.kind !== 'verify' || isListing()) return;
    const shard = this.#shard();
    this.#journal = new JournalWriter(this.#directory());
    this.#journal.begin({
      startedAt: new Date().toISOString(),
      root: this.#root(),
      meta: maskDeep(this.#meta()),
      ...(shard === undefined ? {} : { shard }),
      tests: suite.allTests().map(journaled),
    });
  }

  onTestBegin(test: TestCase, result: TestResult): void {
    if (result.workerIndex < 0) return;
    this.#begun.add(test.id);
    this.#journal?.add({ kind: 'begin', test: test.id });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // Only the end of the run tells why.
    if (passedOver(test, result)) {
      if (result.workerIndex >= 0) this.#begun.add(test.id);
      return;
    }
    if (result.retry < test.retries && result.status !== 'passed' && result.status !== 'skipped') return;
    const checks = maskDeep(rawChecks(test, result, this.#root()));
    const bodies = wholeBodies(result);
    this.#ended.add(test.id);
    this.#checks.push(...checks);
    for (const [name, body] of bodies) this.#bodies.set(name, body);
    if (this.#journal === undefined) return;
    keepBodies(this.#directory(), bodies);
    const requests = requestsSent(this.#shared()?.requests);
    this.#journal.add({
      kind: 'end',
      test: test.id,
      checks,
      ...(requests === undefined ? {} : { requests }),
    });
  }

  onStdErr(chunk: string | Buffer): void {
    for (const notice of noticesIn(String(chunk))) {
      if (notice.kind === 'requests') this.#requests = (this.#requests ?? 0) + notice.sent;
      if (notice.kind !== 'disturbed') continue;
      const { source, message } = notice;
      this.#disruptions.push({ source, message, times: 1 });
      this.#journal?.add({ kind: 'disturbed', source, message });
    }
  }

  onError(error: TestError): void {
    const message = maskText(error.message ?? error.value ?? 'an error without a message');
    this.#errors.push(message);
    this.#journal?.add({ kind: 'error', message });
  }

  async onEnd(full: FullResult): Promise<void> {
    this.#stop?.release();
    // Under --list nothing ran, so there is nothing to tell.
    if (this.#config === undefined || this.#suite === undefined || isListing()) return;
    const { status } = full;
    const killed = readKilledShards(this.#plan?.kind === 'merge' ? this.#plan.killed : []);
    for (const [name, body] of killed.bodies) this.#bodies.set(name, body);
    const shard = this.#shard();
    const result = resultOf(
      {
        startedAt: full.startTime.toISOString(),
        root: this.#root(),
        meta: this.#meta(),
        ...(shard === undefined ? {} : { shard }),
        tests: this.#suite.allTests(),
        checks: [...this.#checks, ...killed.checks],
        begun: this.#begun,
        ended: this.#ended,
        errors: this.#errors,
      },
      {
        durationMs: full.duration,
        stopped: status === 'interrupted' || status === 'timedout',
        incomplete: this.#whyIncomplete(full, killed.incomplete),
        requests: requestsSent(this.#shared()?.requests) ?? this.#told(killed.requests),
        disruptions: this.#disturbed(killed.disruptions),
      },
    );
    try {
      await writeReport(this.#directory(), maskResult(result), {
        evidence: this.#meta().evidence ?? false,
        bodies: this.#bodies,
      });
    } catch (error) {
      // The command line has the journal, and says what can be done.
      if (this.#journal === undefined) throw error;
      return;
    }
    this.#journal?.remove();
  }

  /** The file of the run has all of them; where shards are joined there is only what their workers told. */
  #disturbed(further: readonly Disruption[]): Disruption[] {
    const file = this.#shared()?.disruptions;
    const noted = file === undefined ? [] : disruptionsNoted(file);
    return gathered([...(noted.length > 0 ? noted : this.#disruptions), ...further]);
  }

  /** Where shards are joined, what their workers told, and what killed ones had journaled. */
  #told(further: number): number | undefined {
    return this.#requests === undefined ? undefined : this.#requests + further;
  }

  #directory(): string {
    const plan = this.#plan;
    if (plan?.kind === 'verify' || plan?.kind === 'merge') return plan.report;
    return path.resolve(this.#options.directory ?? defaultDirectory);
  }

  /** The files that the processes of the run share. */
  #shared(): ReturnType<typeof scratchFiles> | undefined {
    return this.#plan?.kind === 'verify' ? scratchFiles(this.#plan.scratch) : undefined;
  }

  #shard(): string | undefined {
    if (this.#plan?.kind === 'merge' && this.#plan.partial !== undefined) return this.#plan.partial.given;
    const shard = this.#config?.shard ?? null;
    return shard === null ? undefined : `${shard.current}/${shard.total}`;
  }

  #whyIncomplete({ status }: FullResult, killed: string | undefined): string | undefined {
    if (status === 'interrupted') return this.#stop?.why ?? 'The run was interrupted.';
    if (status === 'timedout') return 'The run did not end within its deadline.';
    const missing = this.#plan?.kind === 'merge' ? this.#plan.partial?.missing : undefined;
    const reasons = [
      ...(killed === undefined ? [] : [killed]),
      ...(missing === undefined ? [] : [`Not every shard was joined: missing is ${missing}.`]),
    ];
    return reasons.length === 0 ? undefined : reasons.join(' ');
  }

  #root(): string {
    return this.#config?.rootDir ?? process.cwd();
  }

  #meta(): RunMeta {
    return this.#config === undefined ? {} : runMetaOf(this.#plan, this.#config.metadata);
  }
}

/** A result with its texts masked; those of checks are, from the moment that they were told. */
function maskResult(result: Result): Result {
  return {
    ...maskDeep({ ...result, clauses: [] }),
    clauses: result.clauses.map((clause) => ({
      ...maskDeep({ ...clause, checks: [] }),
      checks: clause.checks,
    })),
  };
}

/** What the journal needs of a test to say that it did not run. */
function journaled({ id, title, location, annotations, timeout }: TestCase): RecordedTest {
  const told = annotations.map(({ type, description }) => ({
    type,
    ...(description === undefined ? {} : { description }),
  }));
  return { id, title, location, annotations: told, timeout };
}

/** Playwright runs reporters under `--list` too, and tells them so in no other way. */
function isListing(): boolean {
  return process.argv.includes('--list');
}
