import { afterEach, expect, it } from 'vitest';
import { Check } from '../harness/check.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig } from '../harness/config.ts';
import { forgetDisruptions, disruptionsNoted } from '../harness/disruptions.ts';
import { openTarget } from '../harness/target.ts';
import { Broken } from '../harness/verdict.ts';
import { sendByNode } from '../simulator/send-by-node.ts';
import { startServer } from '../simulator/server.ts';
import { interfering } from './fixtures/interfering.ts';

type Outbound = typeof sendByNode;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  forgetDisruptions();
  for (const close of closers.splice(0).reverse()) await close();
});

type Interfere = Parameters<typeof interfering>[1];

/** A world with a simulator as its target, behind what may interfere. */
async function worldWith(interfere?: Interfere, send: Outbound = sendByNode): Promise<SuiteSession> {
  const server = await startServer({ clock: 'virtual', send });
  const between = interfere === undefined ? undefined : await interfering(server.url, interfere);
  if (between !== undefined) closers.push(between.close);
  const auth = { kind: 'simulator-user', user: 'initiator' };
  const clock = { kind: 'virtual', url: `${server.url}/simulator/clock` };
  const config = parseConfig({ target: { kind: 'url', url: between?.url ?? server.url, auth, clock } });
  const world = new SuiteSession(await openTarget(config), 'test-run-0');
  closers.push(server.close, () => world.close());
  return world;
}

const broken = (): Broken => new Broken('the number of attempts', '1', '0');

/** A check that starts an operation and then misses what should have reached the listener. */
async function missing(world: SuiteSession, reached: boolean): Promise<Check> {
  const check = new Check(world);
  await check.submit();
  if (reached) await check.clock.advance(60_000);
  return check;
}

it('blames the listener, not the target, where nothing can reach it', async () => {
  const world = await worldWith();
  // Nobody listens there.
  world.target.listener.base = 'http://127.0.0.1:9';
  for (let time = 0; time < 2; time += 1) {
    const check = await missing(world, true);
    const { outcome, blame, reason } = check.record(await check.withListener(broken()));
    expect({ outcome, blame }).toEqual({ outcome: 'inconclusive', blame: 'listener' });
    expect(reason).toMatch(
      /^Nothing reached the listener: the target cannot reach it at http:\/\/127\.0\.0\.1:9\. /,
    );
  }
  expect(disruptionsNoted()).toMatchObject([{ source: 'listener', times: 2 }]);
}, 60_000);

it('blames the listener where nothing reaches it any more', async () => {
  const world = await worldWith();
  const before = await missing(world, true);
  expect(world.target.listener.arrived).toBeGreaterThan(0);
  expect(before.record(await before.withListener(broken())).outcome).toBe('failed');
  world.target.listener.base = 'http://127.0.0.1:9';
  const after = await missing(world, true);
  expect(after.record(await after.withListener(broken())).blame).toBe('listener');
}, 60_000);

it('counts no silence for a target that nothing can reach, unless no time passed', async () => {
  const world = await worldWith();
  world.target.listener.base = 'http://127.0.0.1:9';
  const still = await missing(world, false);
  expect(await still.withListener(undefined)).toBeUndefined();
  const deaf = await missing(world, true);
  const { outcome, blame, reason } = deaf.record(await deaf.withListener(undefined));
  expect({ outcome, blame }).toEqual({ outcome: 'inconclusive', blame: 'listener' });
  expect(reason).toContain('it passed since nothing came');
}, 60_000);

it('blames the target where it reaches the listener, though not when it should', async () => {
  const world = await worldWith();
  // The clock stands still, so that the operation does not begin; but the target can reach the listener.
  const check = await missing(world, false);
  expect(world.target.listener.arrived).toBe(0);
  const { outcome, blame } = check.record(await check.withListener(broken()));
  expect({ outcome, blame }).toEqual({ outcome: 'failed', blame: undefined });
  expect(disruptionsNoted()).toEqual([]);
}, 60_000);

it('does not take an answer of somebody else for a listener that is out of reach', async () => {
  let foreign = 0;
  const world = await worldWith((method, path) =>
    method === 'POST' && path.endsWith('/bgop_Probe') && (foreign += 1) === 2
      ? { status: 404, body: 'no such route' }
      : undefined,
  );
  const check = await missing(world, false);
  // The check met a gateway, so that it is run again; it says so, and nothing of the listener.
  const { outcome, blame } = check.record(await check.withListener(broken()));
  expect({ outcome, blame }).toEqual({ outcome: 'inconclusive', blame: 'gateway' });
  expect(foreign).toBeGreaterThan(2);
}, 60_000);

it('begins a check again where some of what the target sends is lost on its way', async () => {
  let sent = 0;
  const world = await worldWith(undefined, (request) =>
    (sent += 1) % 15 === 0 ? Promise.reject(new Error('connect EHOSTUNREACH')) : sendByNode(request),
  );
  const check = await missing(world, true);
  const { blame, reason } = check.record(await check.withListener(broken()));
  expect({ blame, reason }).toEqual({
    blame: 'listener',
    reason: 'Deliveries of the target get lost on their way to the listener',
  });
  expect(await world.target.watch?.calm()).toBe(true);
}, 60_000);
