// A test runner for Stryker: the suite's own checks, in process, against the mutated simulator. Plain
// JavaScript, since Stryker loads it; what it drives are the sources in Stryker's sandbox.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';

const seed = 1;
const propertyRuns = 25;
const checkLimitMs = 5_000;

class SuiteRunner {
  #checks = [];
  #open;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    const load = (file) => import(pathToFileURL(path.resolve(file)).href);
    const { parseConfig } = await load('harness/config.ts');
    const { World } = await load('harness/check.ts');
    const { straightIn } = await load('harness/embedded-doors.ts');
    const { collectChecks, runCheck } = await load('harness/runner.ts');
    const { openTarget } = await load('harness/target.ts');
    const { suiteFiles } = await load('selftest/suite-files.ts');
    const config = parseConfig({
      target: { kind: 'simulator' },
      properties: { seed, runs: propertyRuns },
    });
    this.#open = async () => new World(await openTarget(config, straightIn), 'mutation');
    const collected = await collectChecks(suiteFiles());
    this.#checks = collected.map((check) => ({
      id: `${check.file} › ${check.title}`,
      run: (world) => runCheck(check, world, checkLimitMs),
    }));
  }

  async dryRun() {
    const tests = [];
    for await (const { id, ms, failure } of this.#run(this.#checks)) {
      const told = failure === undefined ? { status: TestStatus.Success } : failed(failure);
      tests.push({ id, name: id, timeSpentMs: ms, ...told });
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: globalThis.__stryker__?.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter }) {
    const context = (globalThis.__stryker__ ??= {});
    context.activeMutant = activeMutant.id;
    const chosen =
      testFilter === undefined ? this.#checks : this.#checks.filter(({ id }) => testFilter.includes(id));
    let nrOfTests = 0;
    for await (const { id, failure } of this.#run(chosen)) {
      nrOfTests += 1;
      if (failure !== undefined)
        return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /** Only a check that fails kills: one that is blocked or undecided would leave a report without red. */
  async *#run(checks) {
    const context = (globalThis.__stryker__ ??= {});
    let world = await this.#open();
    for (const { id, run } of checks) {
      context.currentTestId = id;
      const began = performance.now();
      const results = await run(world);
      const ms = performance.now() - began;
      const failure = results.find(({ outcome }) => outcome === 'failed');
      yield { id, ms, failure: failure === undefined ? undefined : `${failure.clause}: ${failure.reason}` };
      // What hangs may still be at work on its target, so the next check gets a new one.
      if (ms >= checkLimitMs) world = await this.#open();
    }
    context.currentTestId = undefined;
    await world.close();
  }
}

const failed = (failureMessage) => ({ status: TestStatus.Failed, failureMessage });

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'suite', SuiteRunner)];
