// A test runner for Stryker: the suite's own checks, in process, against the mutated simulator. Plain
// JavaScript, since Stryker loads it; what it drives are the sources in Stryker's sandbox.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';

const seed = 1;
const propertyRuns = 25;
const checkLimitMs = 5_000;

/** What runs while a target is opened; every check depends on it. */
const opening = 'opening';

class SuiteRunner {
  #checks;
  #open;
  #kills = new Map();

  capabilities() {
    return { reloadEnvironment: false };
  }

  /** Imports the suite and the simulator; not before the mutant is active, which may sit in a constant. */
  async #load() {
    if (this.#checks !== undefined) return;
    const load = (file) => import(pathToFileURL(path.resolve(file)).href);
    const { parseConfig } = await load('harness/config.ts');
    const { SuiteSession } = await load('harness/suite-session.ts');
    const { directTransport } = await load('harness/embedded-transport.ts');
    const { collectChecks, runCheck } = await load('harness/runner.ts');
    const { openTarget } = await load('harness/target.ts');
    const { suiteFiles } = await load('selftest/suite-files.ts');
    const config = parseConfig({
      target: { kind: 'simulator' },
      properties: { seed, runs: propertyRuns },
    });
    this.#open = async () => new SuiteSession(await openTarget(config, directTransport), 'mutation');
    const collected = await collectChecks(suiteFiles());
    this.#checks = collected.map((check) => ({
      id: `${check.file} › ${check.title}`,
      run: (world) => runCheck(check, world, checkLimitMs),
    }));
  }

  async dryRun() {
    await this.#load();
    const tests = [];
    for await (const { id, ms, failure } of this.#run(this.#checks)) {
      const told = failure === undefined ? { status: TestStatus.Success } : failed(failure);
      tests.push({ id, name: id, timeSpentMs: ms, ...told });
    }
    const coverage = globalThis.__stryker__?.mutantCoverage;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: coverage && spread(coverage, tests) };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const context = (globalThis.__stryker__ ??= {});
    Object.assign(context, { activeMutant: activeMutant.id, hitLimit, hitCount: 0 });
    await this.#load();
    const wanted = testFilter && new Set(testFilter);
    const chosen = this.#checks.filter(({ id }) => wanted?.has(id) ?? true);
    let nrOfTests = 0;
    for await (const { id, ms, failure } of this.#run(this.#killersFirst(chosen))) {
      nrOfTests += 1;
      if (context.hitCount > hitLimit) return { status: MutantRunStatus.Timeout, reason: 'It loops.' };
      if (ms >= checkLimitMs) return { status: MutantRunStatus.Timeout, reason: `${id} hangs.` };
      if (failure === undefined) continue;
      this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1);
      return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /** What killed before is likely to kill again. */
  #killersFirst(checks) {
    const kills = ({ id }) => this.#kills.get(id) ?? 0;
    return checks.toSorted((a, b) => kills(b) - kills(a));
  }

  /** Only a check that fails kills: one that is blocked or undecided would leave a report without red. */
  async *#run(checks) {
    const context = (globalThis.__stryker__ ??= {});
    context.currentTestId = opening;
    const world = await this.#open();
    for (const { id, run } of checks) {
      context.currentTestId = id;
      const began = performance.now();
      const results = await run(world);
      const ms = performance.now() - began;
      const failure = results.find(({ outcome }) => outcome === 'failed');
      yield { id, ms, failure: failure === undefined ? undefined : `${failure.clause}: ${failure.reason}` };
    }
    context.currentTestId = undefined;
    await world.close();
  }
}

/** Counts what runs at the opening as run by every check. */
function spread({ static: once, perTest }, tests) {
  const { [opening]: shared = {}, ...own } = perTest;
  const result = {};
  for (const { id } of tests) {
    const hits = (result[id] = { ...own[id] });
    for (const mutant of Object.keys(shared)) hits[mutant] ??= 1;
  }
  return { static: once, perTest: result };
}

const failed = (failureMessage) => ({ status: TestStatus.Failed, failureMessage });

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'suite', SuiteRunner)];
