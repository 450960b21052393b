import { afterEach, expect, it } from 'vitest';
import { Check } from '../harness/check.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig } from '../harness/config.ts';
import { forgetDisruptions, disruptionsNoted } from '../harness/disruptions.ts';
import { openTarget } from '../harness/target.ts';
import { Broken } from '../harness/verdict.ts';
import { startServer } from '../simulator/server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  forgetDisruptions();
  for (const close of closers.splice(0).reverse()) await close();
});

/** A world with a simulator as its target; `publicUrl` is where that is told to reach the listener. */
async function worldWith(listener: object = {}): Promise<SuiteSession> {
  const server = await startServer({ clock: 'virtual' });
  const auth = { kind: 'simulator-user', user: 'initiator' };
  const clock = { kind: 'virtual', url: '/simulator/clock' };
  const config = parseConfig({ target: { kind: 'url', url: server.url, auth, clock }, listener });
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
