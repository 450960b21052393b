import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { gather } from '../traffic/gather.ts';
import { emptyFolder, serve, start } from './fixtures/bgop.ts';

/** The address in a line of a proxy. */
function addressIn(out: string, before: string): string {
  return new RegExp(`${before} (http://\\S+?),? `).exec(out)?.[1] ?? '';
}

it('records what passes both ways, tells breaches meanwhile, and writes no secret', async () => {
  const folder = await emptyFolder();
  const simulator = await startServer({ clock: 'virtual' });
  const receiver = await serve((request, response) => {
    request.resume();
    response.writeHead(204).end();
  });
  const running = start(folder, [
    'proxy',
    ...['--target', simulator.url, '--callback-port', '0', '--callback-target', receiver.url],
  ]);
  try {
    await running.says(`go to ${receiver.url}`);
    const url = addressIn(running.text(), 'listening on');
    const callbacks = addressIn(running.text(), 'callbacks to');
    const authorization = 'Bearer token-initiator';
    const submitted = await fetch(`${url}/api/data/v9.2/sample_Echo`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        prefer: `respond-async,odata.callback;url="${callbacks}/done?sig=secret-of-the-signature"`,
      },
      body: '{"StringValue":"ü"}',
    });
    expect(submitted.status).toBe(202);
    const monitor = submitted.headers.get('location') ?? '';
    // The simulator takes the host it is called by, so the client stays with the proxy.
    expect(monitor.startsWith(url)).toBe(true);
    await simulator.simulator.clock.advance(1_000);
    await running.says('callback (3,30) Succeeded: answered 204');
    expect((await fetch(monitor, { headers: { authorization } })).status).toBe(200);
    await running.says('monitor read: 200 (3,30) Succeeded');
    expect((await fetch(monitor)).status).toBe(401);
    await running.says('✕ client-access.credentials: GET');
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ status: 0, err: '' });
    expect(running.text()).toContain('Judge the whole of it: bgop traffic traffic.jsonl');
    const recorded = await readFile(path.join(folder, 'traffic.jsonl'), 'utf8');
    expect(recorded.trim().split('\n')).toHaveLength(4);
    expect(recorded).toContain('"Bearer [credential 1]"');
    expect(recorded + running.text()).not.toMatch(/token-initiator|secret-of-the-signature/);
    const { traffic } = await gather([path.join(folder, 'traffic.jsonl')]);
    expect(traffic.operations.map(({ happenings }) => happenings.map(({ kind }) => kind))).toEqual([
      ['submission', 'callback', 'read', 'read'],
    ]);
  } finally {
    running.child.kill('SIGKILL');
    await Promise.all([running.ended, simulator.close(), receiver.close()]);
    await rm(folder, { recursive: true });
  }
}, 60_000);

it('answers for a target that is not there, and says so once', async () => {
  const folder = await emptyFolder();
  const nowhere = 'http://127.0.0.1:1';
  const running = start(folder, ['proxy', '--target', nowhere]);
  try {
    await running.says('listening on');
    const answers = await Promise.all(
      [1, 2].map(() => fetch(`${addressIn(running.text(), 'listening on')}/api/x`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
    const expected = /^bgop proxy could not reach the target: the connection was refused/;
    expect(await answers[0]?.text()).toMatch(expected);
    await running.says('Is the target running?');
    running.child.kill('SIGTERM');
    const { status, err } = await running.ended;
    expect([status, err.split('cannot be reached').length - 1]).toEqual([0, 1]);
  } finally {
    running.child.kill('SIGKILL');
    await running.ended;
    await rm(folder, { recursive: true });
  }
}, 60_000);
