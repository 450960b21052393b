import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn, start } from './fixtures/bgop.ts';
import { interfering, type Interference } from './fixtures/interfering.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const registrations = /\/(?:serviceendpoints|sdkmessageprocessingsteps)\(/;

/** A target that takes webhooks, and does what it is told when one or a step of one is removed. */
async function target(
  whenRemoved?: Interference,
  kind: 'real' | 'virtual' = 'virtual',
): Promise<{ folder: string; removals: boolean[]; registered: () => Promise<number> }> {
  const simulator = await startServer({ clock: kind, retry: { baseMs: 50 } });
  const folder = await emptyFolder();
  const removals: boolean[] = [];
  const between = await interfering(simulator.url, (method, address) => {
    if (method !== 'DELETE' || !registrations.test(address)) return undefined;
    removals.push(existsSync(path.join(folder, 'conformance-report', 'conformance.json')));
    return whenRemoved;
  });
  closing.push(simulator.close, between.close);
  const config = {
    target: {
      kind: 'url',
      url: between.url,
      auth: { kind: 'simulator-user', user: 'initiator' },
      clock: kind === 'real' ? { kind } : { kind, url: `${simulator.url}/simulator/clock` },
      events: { kind: 'webhook-step' },
    },
  };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  const rowsOf = async (set: string): Promise<number> => {
    const headers = { Authorization: 'Bearer token-initiator' };
    const answer = await fetch(`${simulator.url}/api/data/v9.2/${set}`, { headers });
    return ((await answer.json()) as { value: unknown[] }).value.length;
  };
  const registered = async (): Promise<number> =>
    (await rowsOf('serviceendpoints')) + (await rowsOf('sdkmessageprocessingsteps'));
  return { folder, removals, registered };
}

async function verdicts(folder: string): Promise<Record<string, string>> {
  const clauses = (await resultIn(folder))?.clauses ?? [];
  return Object.fromEntries(
    clauses.filter(({ checks }) => checks.length > 0).map(({ id, verdict }) => [id, verdict]),
  );
}

describe('what a run registered', () => {
  it('is removed once the report is written, of all workers', async () => {
    const { folder, removals, registered } = await target(undefined, 'real');
    const only = ['--only', 'event.message-name'];
    const { status, out, err } = await bgop(folder, 'verify', ...only, '--workers', '2');
    expect(status, out + err).toBe(0);
    expect(removals.length).toBeGreaterThanOrEqual(2);
    expect(removals).not.toContain(false);
    expect(await registered()).toBe(0);
    expect(err).not.toContain('registrations');
  }, 120_000);

  it('costs no verdict where the target hangs when it is to be removed, and is named', async () => {
    const { folder, removals, registered } = await target({ hangs: true });
    const { status, out, err } = await bgop(folder, 'verify', '--only', 'event.once');
    expect(status, out + err).toBe(0);
    expect(await verdicts(folder)).toEqual({ 'event.once': 'passed' });
    expect(removals).not.toContain(false);
    expect(err).toContain(`The target still has ${await registered()} of the run's registrations`);
    expect(err).toMatch(/ cleanup --run \w+/);
  }, 120_000);

  it('neither ends the run nor makes it wait where its removal is throttled for an hour', async () => {
    const { folder } = await target({ status: 429, headers: { 'retry-after': '3600' }, body: '{}' });
    const { status, out, err } = await bgop(folder, 'verify', '--only', 'event.auto-delete');
    expect(status, out + err).toBe(0);
    expect(await verdicts(folder)).toEqual({ 'event.auto-delete': 'passed' });
    expect((await resultIn(folder))?.run).not.toHaveProperty('incomplete');
    expect(err).toMatch(/ cleanup --run \w+/);
  }, 120_000);

  it('costs no verdict either where a check registered it for itself', async () => {
    const { folder, registered } = await target({ hangs: true });
    const { status, out, err } = await bgop(folder, 'verify', '--only', 'event.auto-delete');
    expect(status, out + err).toBe(0);
    expect(await verdicts(folder)).toEqual({ 'event.auto-delete': 'passed' });
    expect(err).toContain(`The target still has ${await registered()} of the run's registrations`);
  }, 120_000);

  it('is removed by the workers where the command is killed', async () => {
    const { folder, registered } = await target();
    const running = start(folder, ['verify', '--only', 'event', '--runs', '1000000']);
    await until(async () => (await registered()) > 1);
    running.child.kill('SIGKILL');
    await until(async () => (await registered()) === 0);
    expect(await resultIn(folder)).toBeUndefined();
  }, 180_000);
});

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It did not come in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
