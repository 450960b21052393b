import { afterEach, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../simulator/server.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { clause, type CheckBody } from '../harness/collect.ts';
import { parseConfig } from '../harness/config.ts';
import { disruptionsNoted, forgetDisruptions } from '../harness/disruptions.ts';
import type { RawCheck } from '../record/outcome.ts';
import { expect as expectThat } from '../harness/expect.ts';
import { runCheck } from '../harness/runner.ts';
import { openTarget } from '../harness/target.ts';

let server: RunningServer | undefined;
let world: SuiteSession | undefined;

afterEach(async () => {
  await world?.close().catch(() => undefined);
  await server?.close();
});

async function opened(): Promise<{ url: string; run: (body: CheckBody) => Promise<RawCheck | undefined> }> {
  forgetDisruptions();
  const running = (server = await startServer({ clock: 'virtual' }));
  const { url } = running;
  const target = {
    kind: 'url',
    url,
    auth: { kind: 'simulator-user', user: 'initiator' },
    clock: { kind: 'virtual', url: '/simulator/clock' },
  };
  const opened = (world = new SuiteSession(await openTarget(parseConfig({ target })), 'test-0'));
  const run = async (body: CheckBody): Promise<RawCheck | undefined> =>
    (await runCheck({ title: 't', file: 'f', details: clause('submit.accepted'), body }, opened))[0];
  return { url, run };
}

/** An operation that nobody has moved the clock for is waiting. */
const waits =
  (meanwhile: (runs: number) => Promise<unknown>): CheckBody =>
  async ({ submit }) => {
    const operation = await submit();
    runs += 1;
    await meanwhile(runs);
    expectThat((await operation.monitor()).state, 'the state before the clock moves').toBe(0);
  };
let runs = 0;

const move = (url: string): Promise<Response> =>
  fetch(`${url}/simulator/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"milliseconds":60000}',
  });

it('a check during which somebody else moves the clock is run again, and accuses nobody', async () => {
  const { url, run } = await opened();
  runs = 0;
  const told = await run(waits(async (count) => (count === 1 ? move(url) : undefined)));
  expect(told).toMatchObject({ outcome: 'passed' });
  expect(runs).toBe(2);
  expect(disruptionsNoted()).toMatchObject([{ source: 'neighbour', times: 1 }]);
});

it('a target that restarts with nothing left is not at fault', async () => {
  const { url, run } = await opened();
  runs = 0;
  expect(await run(async ({ clock }) => void (await clock.advance(60_000)))).toMatchObject({
    outcome: 'passed',
  });
  const told = await run(
    waits(async (count) => {
      if (count !== 1) return;
      await server?.close();
      server = await startServer({ clock: 'virtual' }, { port: Number(new URL(url).port) });
    }),
  );
  expect(told, JSON.stringify(told)).toMatchObject({ outcome: 'passed' });
  expect(disruptionsNoted().map(({ source }) => source)).toContain('restart');
});

it('a breach that nothing disturbed stays a breach', async () => {
  const { run } = await opened();
  const told = await run(async ({ submit, clock }) => {
    const operation = await submit();
    await clock.advance(1);
    expectThat((await operation.monitor()).state, 'the state').toBe(0);
  });
  expect(told).toMatchObject({ outcome: 'failed' });
  expect(disruptionsNoted()).toEqual([]);
});
