import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn } from './fixtures/bgop.ts';
import { interfering } from './fixtures/interfering.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('blames no fault of the suite where a target takes no webhook', async () => {
  const simulator = await startServer({ clock: 'virtual' });
  const target = await interfering(simulator.url, (method, address) =>
    method === 'POST' && address.endsWith('/serviceendpoints')
      ? { status: 403, body: '{"error":{"code":"0x80040220","message":"No privilege."}}' }
      : undefined,
  );
  closing.push(simulator.close, target.close);
  const folder = await emptyFolder();
  const as = (user: string): object => ({ kind: 'simulator-user', user });
  const config = {
    target: {
      kind: 'url',
      url: target.url,
      auth: as('initiator'),
      otherUserAuth: as('other'),
      clock: { kind: 'virtual', url: `${simulator.url}/simulator/clock` },
      events: { kind: 'webhook-step' },
    },
  };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  const { status, out, err } = await bgop(folder, 'verify', '--only', 'event.once,event.outputs');
  expect(status, out + err).toBe(0);
  const outcomes = (await resultIn(folder))?.clauses.flatMap(({ checks }) => checks) ?? [];
  expect(outcomes.length).toBeGreaterThan(8);
  for (const { title, outcome, reason } of outcomes) {
    expect(outcome, `${title}: ${reason ?? ''}`).toBe('inconclusive');
    expect(reason).toContain('could not create a row of serviceendpoints');
  }
}, 120_000);
