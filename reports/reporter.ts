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
import type { RawCheck } from '../harness/evidence.ts';
import { maskDeep, maskText } from '../harness/mask.ts';
import { disruptionsNoted } from '../harness/disruptions.ts';
import { requestsSent } from '../harness/requests.ts';
import type { WholeBody } from './body-files.ts';
import { interrupted, passedOver, rawChecks, unrunChecks, wholeBodies } from './collect.ts';
import { defaultDirectory, leftOutBy, readRunMeta, suiteOfPackage, type RunMeta } from './run-meta.ts';
import type { Result } from './result.ts';
import { deriveResult } from './verdict.ts';
import { writeReport } from './write.ts';

/** Options of the reporter, for use in a Playwright configuration. */
export interface ReporterOptions {
  /** Where the report goes; `BGOP_REPORT_DIR` wins, `conformance-report` is the default. */
  readonly directory?: string;
}

/**
 * Turns what Playwright tells into the result file and its pages. It collects raw outcomes while the
 * run goes on; verdicts are derived once, at the end, so that shards merge to the same report.
 */
export default class ConformanceReporter implements Reporter {
  readonly #options: ReporterOptions;
  readonly #checks: RawCheck[] = [];
  readonly #bodies = new Map<string, WholeBody>();
  readonly #ended = new Set<string>();
  readonly #errors: string[] = [];
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
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // Only the end of the run tells why.
    if (passedOver(test, result)) return;
    if (result.retry < test.retries && result.status !== 'passed' && result.status !== 'skipped') return;
    this.#ended.add(test.id);
    this.#checks.push(...rawChecks(test, result, this.#root()));
    for (const [name, body] of wholeBodies(result)) this.#bodies.set(name, body);
  }

  onError(error: TestError): void {
    this.#errors.push(maskText(error.message ?? error.value ?? 'an error without a message'));
  }

  async onEnd(full: FullResult): Promise<void> {
    // Under --list nothing ran, so there is nothing to tell.
    if (this.#config === undefined || this.#suite === undefined || isListing()) return;
    for (const test of this.#suite.allTests()) {
      if (!this.#ended.has(test.id)) this.#checks.push(...this.#unrun(test, full));
    }
    const meta = readRunMeta(this.#config);
    const directory = process.env['BGOP_REPORT_DIR'] ?? this.#options.directory ?? defaultDirectory;
    await writeReport(path.resolve(directory), maskDeep(this.#result(meta, full, this.#config)), {
      evidence: meta.evidence ?? false,
      bodies: this.#bodies,
    });
  }

  /** In a run that was stopped the rest was not tested; in any other one it is a fault of ours. */
  #unrun(test: TestCase, { status }: FullResult): RawCheck[] {
    if (status !== 'interrupted' && status !== 'timedout')
      return unrunChecks(test, this.#root(), 'the check did not run');
    const atWork = test.results.some(({ workerIndex }) => workerIndex >= 0);
    const { outcome, reason } = atWork ? interrupted : stoppedBefore;
    return unrunChecks(test, this.#root(), reason, outcome);
  }

  #root(): string {
    return this.#config?.rootDir ?? process.cwd();
  }

  #result(meta: RunMeta, full: FullResult, config: FullConfig): Result {
    const requests = requestsSent();
    const disruptions = disruptionsNoted();
    const incomplete = whyIncomplete(full, this.#errors);
    const shard =
      process.env['BGOP_SHARDS'] ??
      (config.shard === null ? undefined : `${config.shard.current}/${config.shard.total}`);
    return deriveResult({
      suite: meta.suite ?? suiteOfPackage(),
      target: meta.target ?? { name: 'built-in simulator', kind: 'simulator', url: '' },
      run: {
        startedAt: full.startTime.toISOString(),
        durationMs: Math.round(full.duration),
        ...(meta.id === undefined ? {} : { id: meta.id }),
        seed: meta.seed ?? 0,
        runs: meta.runs ?? 0,
        ...(incomplete === undefined ? {} : { incomplete }),
        ...(meta.problems === undefined ? {} : { problems: meta.problems }),
        ...(disruptions.length === 0 ? {} : { disruptions }),
        ...(shard === undefined ? {} : { shard }),
        ...(meta.only === undefined || meta.only.length === 0 ? {} : { only: meta.only }),
        ...(requests === undefined ? {} : { requests }),
        ...(meta.slow === undefined ? {} : { slow: meta.slow }),
        ...(meta.clock === undefined ? {} : { clock: meta.clock }),
        ...(meta.command === undefined ? {} : { command: meta.command }),
      },
      checks: this.#checks,
      leftOut: leftOutBy(meta.selected),
      ...(meta.offers === undefined ? {} : { offers: meta.offers }),
      ...(meta.knownDeviations === undefined ? {} : { knownDeviations: meta.knownDeviations }),
      ...(meta.proven === undefined ? {} : { proven: meta.proven }),
    });
  }
}

const stoppedBefore = { outcome: 'not-tested', reason: 'the run was stopped before this check' } as const;

function whyIncomplete({ status }: FullResult, errors: readonly string[]): string | undefined {
  if (status === 'interrupted') return process.env['BGOP_STOPPED'] ?? 'The run was interrupted.';
  if (status === 'timedout') return 'The run did not end within its deadline.';
  const { BGOP_SHARDS_MISSING: missing } = process.env;
  if (missing !== undefined) return `Not every shard was joined: missing is ${missing}.`;
  const [first] = errors;
  return first === undefined
    ? undefined
    : `The run met an error outside of its checks: ${first.split('\n', 1)[0]}`;
}

/** Playwright runs reporters under `--list` too, and tells them so in no other way. */
function isListing(): boolean {
  return process.argv.includes('--list');
}
