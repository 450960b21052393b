import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../simulator/server.ts';
import { bgop, emptyFolder, serve, start } from './fixtures/bgop.ts';

let server: RunningServer;
let folder: string;

beforeEach(async () => {
  // Between two attempts an operation waits for longer than any test lasts.
  server = await startServer({ clock: 'real', retry: { baseMs: 3_600_000 } });
  folder = await emptyFolder();
  const user = { kind: 'simulator-user', user: 'initiator' };
  const target = { kind: 'url', url: server.url, auth: user, events: { kind: 'webhook-step' } };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify({ target }));
});

afterEach(async () => {
  await server.close();
});

/** A request to the simulator's Web API, as the initiator. */
async function ask(resource: string, body?: object): Promise<Response> {
  return fetch(`${server.url}/api/data/v9.2/${resource}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: 'Bearer token-initiator', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function rows(resource: string): Promise<Record<string, unknown>[]> {
  return ((await (await ask(resource)).json()) as { value: Record<string, unknown>[] }).value;
}

/** The names of all registrations of the target. */
async function registered(): Promise<unknown[]> {
  const sets = await Promise.all([rows('serviceendpoints'), rows('sdkmessageprocessingsteps')]);
  return sets.flat().map(({ name }) => name);
}

/** Operations that have not ended and are not being canceled. */
function pending(): Promise<Record<string, unknown>[]> {
  const open = 'backgroundoperationstatecode ne 3 and backgroundoperationstatuscode ne 22';
  return rows(`backgroundoperations?$filter=${encodeURIComponent(open)}`);
}

async function until(look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('It did not come in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Every process below one, children before their parents, and that one last. */
function tree(root: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([pid = 0, of]) => (of === parent ? [...below(pid), pid] : []));
  return [...below(root), root];
}

/** Starts a run and kills it when it has registered something and waits for an operation; gives its id. */
async function killedRun(): Promise<string> {
  const running = start(folder, ['verify', '--only', 'event.each-completion']);
  await running.says(' · seed ');
  await until(async () => (await registered()).length >= 2 && (await pending()).length > 0);
  // Stopped first, the parents before their children, so that none sees another die and acts on it.
  const processes = tree(running.child.pid ?? 0).reverse();
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
    for (const pid of processes) process.kill(pid, signal);
  }
  // Of a run that is killed whole nobody can tidy up; `scripts/tests-folder.mjs` looks for this file.
  await writeFile(path.join(tmpdir(), 'killed-on-purpose'), '');
  const { err } = await running.ended;
  await settled();
  return / · run ([0-9a-f]{8}) · /.exec(err)?.[1] ?? '';
}

/** What was on its way when the run was killed may still arrive: waits until several looks find the same. */
async function settled(): Promise<void> {
  let last = '';
  let same = 0;
  await until(async () => {
    const ids = (await pending()).map((row) => row['backgroundoperationid']);
    const now = JSON.stringify([(await registered()).sort(), ids.sort()]);
    same = now === last ? same + 1 : 0;
    last = now;
    return same >= 5;
  });
}

describe('bgop cleanup', () => {
  it('removes what a killed run left, found by its id, and nothing else', async () => {
    const run = await killedRun();
    const left = { registered: await registered(), pending: await pending() };
    // Whichever of its workers came to it first.
    expect(left.registered).toContainEqual(expect.stringMatching(`^bgop conformance ${run}-\\d+$`));
    const webhook = { contract: 8, authtype: 4, url: 'http://127.0.0.1:9/' };
    const others = ['Contoso audit', 'bgop conformance 0ther-0', `bgop conformance ${run}`];
    for (const name of others) await ask('serviceendpoints', { ...webhook, name });

    const looked = await bgop(folder, 'cleanup');
    expect(looked, looked.err).toMatchObject({ status: 0 });
    expect(looked.out).toContain(`bgop cleanup --run ${run}`);
    expect(looked.out).toContain('bgop cleanup --run 0ther');
    expect((await bgop(folder, 'cleanup', '--run', run, '--dry-run')).out).toContain('Nothing was removed');
    expect(await registered()).toEqual(expect.arrayContaining(left.registered));
    expect(await pending()).toHaveLength(left.pending.length);

    const cleaned = await bgop(folder, 'cleanup', '--run', run);
    expect(cleaned, cleaned.err).toMatchObject({ status: 0 });
    expect(cleaned.out).toContain(`${left.registered.length} registrations removed`);
    expect(cleaned.out).toContain(`${left.pending.length} operations canceled`);
    expect((await registered()).sort()).toEqual([...others].sort());
    expect(await pending()).toEqual([]);

    const again = await bgop(folder, 'cleanup', '--run', run, '--format', 'json');
    expect(again).toMatchObject({ status: 0 });
    expect(JSON.parse(again.out)).toEqual({
      schemaVersion: 1,
      run,
      removed: true,
      leftovers: [],
      notLookedAt: [],
    });
  }, 120_000);

  it('needs no other secret and no clock than the initiator’s', async () => {
    const auth = { kind: 'simulator-user', user: 'initiator' };
    const otherUserAuth = { kind: 'bearer', tokenEnv: 'BGOP_ABSENT_TOKEN' };
    const clock = { kind: 'virtual', url: 'http://127.0.0.1:9' };
    const config = { target: { kind: 'url', url: server.url, auth, otherUserAuth, clock } };
    await writeFile(path.join(folder, 'c.json'), JSON.stringify(config));
    const ended = await bgop(folder, 'cleanup', '--config', 'c.json');
    expect(ended, ended.err).toMatchObject({ status: 0, out: 'No run left anything behind.\n' });
  });

  it('ends with 1 and says why when the user may not look', async () => {
    const user = { kind: 'simulator-user', user: 'unprivileged' };
    const config = { target: { kind: 'url', url: server.url, auth: user } };
    await writeFile(path.join(folder, 'c.json'), JSON.stringify(config));
    const ended = await bgop(folder, 'cleanup', '--config', 'c.json', '--all');
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.out).toContain('backgroundoperations could not be listed: GET answered 403');
  });

  it.each([
    [['--target', 'simulator'], 2, 'ends with its run'],
    [['--run', 'a b'], 2, 'is not the id of a run'],
    [['--run', '1a2b3c4d', '--all'], 2, 'exclude each other'],
    [['--target', 'http://127.0.0.1:9'], 3, 'Nothing listens there'],
  ])('%j ends with %i', async (args, status, message) => {
    const ended = await bgop(await emptyFolder(), 'cleanup', ...args);
    expect(ended).toMatchObject({ status });
    expect(ended.err).toContain(message);
  });

  it('takes a target without the tables of registrations for one where none can be left', async () => {
    const target = await serve((request, response) => {
      const known = request.url?.includes('/backgroundoperations') === true;
      response.writeHead(known ? 200 : 404).end(known ? '{"value":[]}' : '{}');
    });
    const ended = await bgop(await emptyFolder(), 'cleanup', '--target', target.url, '--all');
    await target.close();
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.out).toContain('Not looked at: serviceendpoints could not be listed: GET answered 404');
  });
});
