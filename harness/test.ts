import { takeWholeBodies } from './whole-bodies.ts';
import { _baseTest as base, type TestInfo } from '@playwright/test';
import { currentRunPlan, currentSuiteRun, type Replay } from '../record/run-plan.ts';
import { againWhereSpoiled } from './again.ts';
import { Check, unrun, whyNot, type CheckRecord } from './check.ts';
import { SuiteSession } from './suite-session.ts';
import {
  annotated,
  collection,
  needsOf,
  type CheckBody,
  type CheckDetails,
  type CheckTools,
} from './collect.ts';
import { confirmed } from './check/rerun.ts';
import { configOfRun } from './config.ts';
import { newRunId, workerMark } from './run-id.ts';
import { maskDeep } from './mask.ts';
import { plainStacks } from './plain-stacks.ts';
import { openTarget } from './target.ts';
import { Ending } from './verdict.ts';

export { clause } from './collect.ts';
export { expect, isGuid } from './expect.ts';
export { fail, Hold, proceed, succeed } from './plan.ts';
export { Blocked, Broken, Interrupted, NotReached, NotTestable, Undecided } from './verdict.ts';

/** Declares a test of the suite: a title with the level's word, its clause, and its story. */
export type SuiteTest = (title: string, details: CheckDetails, body: CheckBody) => void;

/** No steps in Playwright's own report: recording each costs more than most checks. */
const quiet = { box: 'self' } as const;

// The base without Playwright's own fixtures: nothing here opens a browser, and setting theirs up for
// each test takes longer than the check itself.
const playwrightTest = base.extend<CheckTools & { check: Check }, { world: SuiteSession }>({
  world: [
    async ({}, use, workerInfo) => {
      plainStacks();
      const plan = currentSuiteRun();
      const config = configOfRun(plan);
      const mark = workerMark(plan?.meta.id ?? newRunId(), workerInfo.workerIndex);
      const world = new SuiteSession(await openTarget(config), mark);
      world.keepsAllEvidence = plan?.meta.evidence === true;
      await use(world);
      // The command line removes what is left, once the report is written; whoever has lost it removes it here.
      await world.close(isVerify() && process.connected);
    },
    { scope: 'worker', ...quiet },
  ],
  check: [
    async ({ world }, use, testInfo) => {
      const cause = whyNot(
        annotated(testInfo.annotations, 'clause'),
        needsOf(testInfo.annotations),
        world.target,
      );
      if (cause !== undefined) {
        const record = unrun(cause);
        attach(testInfo, record);
        testInfo.skip(true, record.reason ?? '');
      }
      Ending.raised.clear();
      const check = new Check(world);
      if (world.target.manners !== undefined) {
        world.target.manners.onWait = (milliseconds) => testInfo.setTimeout(testInfo.timeout + milliseconds);
      }
      if (world.target.watch !== undefined) {
        world.target.watch.onWait = (milliseconds) => testInfo.setTimeout(testInfo.timeout + milliseconds);
      }
      if (world.target.steady !== undefined) {
        world.target.steady.onWait = (milliseconds) => testInfo.setTimeout(testInfo.timeout + milliseconds);
      }
      const began = performance.now();
      await use(check);
      await finish(check, testInfo, performance.now() - began);
    },
    { auto: true, ...quiet },
  ],
  submit: [({ check }, use) => use(check.submit), quiet],
  call: [({ check }, use) => use(check.call), quiet],
  operationOf: [({ check }, use) => use(check.operationOf), quiet],
  client: [({ check }, use) => use(check.client), quiet],
  sdk: [({ check }, use) => use(check.sdk), quiet],
  as: [({ check }, use) => use(check.as), quiet],
  clock: [({ check }, use) => use(check.clock), quiet],
  target: [({ check }, use) => use(check.target), quiet],
  events: [({ check }, use) => use(check.events), quiet],
  observe: [({ check }, use) => use(check.observe), quiet],
  lives: [({ check }, use) => use(check.lives), quiet],
  properties: [({ check }, use) => use(check.properties), quiet],
  transcript: [({ check }, use) => use(check.transcript), quiet],
  tools: [({ check }, use) => use(check), quiet],
});

/** Turns the end of a Playwright test into a record of ours, run again where it failed, and attaches it. */
async function finish(check: Check, testInfo: TestInfo, tookMs: number): Promise<void> {
  const { world } = check;
  const run = (fresh: Check): Promise<unknown> => runAgain(fresh, testInfo);
  const thrown = settled(check, thrownBy(testInfo));
  await check.lookAround(thrown);
  // The target may be asked once more to reach the listener, and take its time.
  testInfo.setTimeout(testInfo.timeout + 90_000);
  const ended = { check, record: check.record(await check.withListener(thrown)) };
  const first = await againWhereSpoiled(world, ended, run);
  const again = async (replay: Replay | undefined): Promise<CheckRecord> => {
    await world.events.registrations.tidy();
    const fresh = new Check(world, true, replay);
    const raised = await run(fresh);
    await fresh.lookAround(raised);
    const record = fresh.record(await fresh.withListener(raised));
    return againWhereSpoiled(world, { check: fresh, record }, run);
  };
  const clauses = annotated(testInfo.annotations, 'clause');
  const record = await confirmed(first, { world, clauses, tookMs, again });
  attach(testInfo, record);
  await world.events.registrations.tidy();
  // Playwright keeps what was thrown as well, and puts it in its own reports.
  for (const error of testInfo.errors) Object.assign(error, maskDeep({ ...error }));
  if (testInfo.status === 'failed') {
    if (record.outcome === 'not-tested')
      testInfo.annotations.push({ type: 'not-tested', description: record.reason ?? '' });
    // The verdict is ours to derive from the record. To Playwright the failure is an expected one, so
    // that it does not start a new worker, and with it a new target, after each.
    if (isVerify() || record.outcome === 'not-tested') testInfo.expectedStatus = 'failed';
    return;
  }
  if (thrown !== undefined && testInfo.status === 'passed' && !isVerify()) throw thrown;
}

/** Whether the command line derives the verdicts; else Playwright itself must tell of what failed. */
function isVerify(): boolean {
  return currentRunPlan()?.kind === 'verify';
}

/** What a check ends with: what its body threw, or else what a reader inside an attempt found. */
function settled(check: Check, thrown: unknown): unknown {
  try {
    check.settle();
  } catch (error) {
    return thrown ?? error;
  }
  return thrown;
}

/** Carries out the body once more, as if for the first time. */
async function runAgain(check: Check, testInfo: TestInfo): Promise<unknown> {
  testInfo.setTimeout(testInfo.timeout + testInfo.project.timeout);
  // What the run before threw is not how the test ended.
  testInfo.errors.length = 0;
  testInfo.status = 'passed';
  let thrown: unknown;
  try {
    await testInfo.fn(check, testInfo);
  } catch (error) {
    thrown = error;
  }
  thrown = settled(check, thrown);
  if (thrown !== undefined) {
    testInfo.status = 'failed';
    testInfo.errors.push({ message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  return thrown;
}

/** What the body threw: the ending itself where it is one, since Playwright keeps only its text. */
function thrownBy(testInfo: TestInfo): unknown {
  const [error] = testInfo.errors;
  if (error === undefined) return undefined;
  const ending = Ending.raised.in(error.message ?? '');
  if (ending !== undefined) return ending;
  return new Error(error.message ?? error.value ?? 'the test failed without a message');
}

function attach(testInfo: TestInfo, record: CheckRecord): void {
  const { evidence, bodies } = takeWholeBodies(record.evidence);
  testInfo.attachments.push({
    name: 'bgop-check',
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify({ ...record, evidence })),
  });
  // The evidence of what passed is dropped unless it is asked for, and its bodies with it.
  if (record.outcome === 'passed') return;
  for (const [name, whole] of bodies) {
    testInfo.attachments.push({ name, contentType: 'text/plain', body: Buffer.from(whole) });
  }
}

const collected = collection();

/**
 * Playwright's test, extended by the suite's fixtures: `submit`, `call`, `client`, `as`, `clock`,
 * `target`, `events`, `observe`, `properties`. In the self-test's own runner it collects instead.
 */
export const test: SuiteTest =
  collected === undefined
    ? playwrightTest
    : (title, details, body) => void collected.push({ title, details, body });

/**
 * For a spec file whose checks take long on every target: each is handed to the worker that is free, and may take three
 * times as long as others, since a target may answer slowly.
 */
export function eachByItself(): void {
  if (collected !== undefined) return;
  playwrightTest.describe.configure({ mode: 'parallel' });
  playwrightTest.slow();
}
