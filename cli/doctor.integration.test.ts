import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../harness/config.ts';
import { startServer, type RunningServer } from '../simulator/server.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { bgop, emptyFolder, serve } from './fixtures/bgop.ts';
import { interfering, type Interference } from './fixtures/interfering.ts';

const user = (name: string) => ({ kind: 'simulator-user', user: name });

let server: RunningServer;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  server = await startServer({ clock: 'virtual' });
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  expect(await kept(), 'what the doctor left in the target').toEqual([]);
  await server.close();
});

/** The ids of everything that a doctor could leave behind, and that has not ended. */
async function kept(): Promise<unknown[]> {
  const sets = ['serviceendpoints', 'sdkmessageprocessingsteps', 'backgroundoperations'];
  const lists = sets.map(async (set) => {
    const headers = { Authorization: 'Bearer token-initiator' };
    const answer = await fetch(`${server.url}/api/data/v9.2/${set}`, { headers });
    return ((await answer.json()) as { value: Record<string, unknown>[] }).value;
  });
  const rows = (await Promise.all(lists)).flat();
  return rows.filter((row) => row['backgroundoperationstatuscode'] !== 22);
}

function configuration(target: object = {}, more: object = {}): object {
  const everything = {
    kind: 'url',
    url: server.url,
    auth: user('initiator'),
    otherUserAuth: user('other'),
    unprivilegedAuth: user('unprivileged'),
    clock: { kind: 'virtual', url: `${server.url}/simulator/clock` },
    events: { kind: 'webhook-step' },
    ...target,
  };
  return { target: everything, ...more };
}

async function examined(
  target: object = {},
  more: object = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Map<string, Finding>> {
  const findings = await examine(parseConfig(configuration(target, more)), environment);
  return new Map(findings.map((finding) => [finding.id, finding]));
}

/** The simulator, but for what is interfered with. */
async function broken(
  interfere: (method: string, path: string, body: string) => Interference | undefined,
): Promise<{ url: string }> {
  const proxy = await interfering(server.url, interfere);
  closing.push(proxy.close);
  return { url: proxy.url };
}

function wrongOnly(findings: Map<string, Finding>): string[] {
  return [...findings.values()].filter(({ outcome }) => outcome === 'wrong').map(({ id }) => id);
}

/** Only this look finds something wrong, says so, and says how to mend it. */
function expectWrong(findings: Map<string, Finding>, id: string, told: string, mend: string): void {
  expect(wrongOnly(findings)).toEqual([id]);
  expect(findings.get(id)?.told).toContain(told);
  expect(findings.get(id)?.mend).toContain(mend);
}

describe('bgop doctor', () => {
  it('finds nothing wrong with the simulator, as its configuration describes it', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(configuration()));
    const ended = await bgop(folder, 'doctor');
    expect(ended, ended.out).toMatchObject({ status: 0, err: '' });
    expect(ended.out).toContain('12 ok, 0 wrong, 1 skipped.');
  });

  it('tells programs the same as JSON, and ends with 1', async () => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--target', server.url, '--format', 'json');
    expect(ended).toMatchObject({ status: 1, err: '' });
    const told = JSON.parse(ended.out) as { ok: boolean; checks: Finding[]; target: object };
    expect(told).toMatchObject({ ok: false, target: { url: server.url } });
    expect(told.checks.find(({ outcome }) => outcome === 'wrong')).toEqual({
      id: 'who-am-i',
      outcome: 'wrong',
      told: expect.stringContaining('GET answered 401') as string,
      mend: 'The target wants a token: set target.auth.',
    });
  });

  it.each([
    ['http://127.0.0.1:9', 'http', 'Nothing listens there'],
    ['http://no-such-host.invalid', 'dns', 'The host name is not known'],
  ])('ends with 3 when %s is not reached, and says at which step', async (url, id, advice) => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--target', url);
    expect(ended).toMatchObject({ status: 3, err: '' });
    expect(ended.out).toMatch(new RegExp(`wrong +${id} `));
    expect(ended.out).toContain(advice);
    expect(ended.out).toContain('the target was not reached');
  });

  it('ends with 2 for a configuration that is none', async () => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--config', 'nowhere.json');
    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).toContain('no such file');
  });

  it('tells a target that speaks no TLS from one that is away', async () => {
    const findings = await examined({ url: server.url.replace('http:', 'https:') });
    expectWrong(findings, 'tls', 'WRONG_VERSION', 'should the address begin with http:?');
  });
});

describe('bgop doctor on users', () => {
  it('names the variable of a secret that is missing, and goes on with the others', async () => {
    const bearer = { kind: 'bearer', tokenEnv: 'BGOP_TEST_ABSENT' };
    const findings = await examined({ auth: bearer });
    expectWrong(findings, 'token', 'BGOP_TEST_ABSENT is not set', 'export BGOP_TEST_ABSENT=');
    expect(findings.get('unprivileged-user')?.outcome).toBe('ok');
  });

  it('says so when no token comes, and does not tell the secret', async () => {
    const auth = {
      kind: 'client-credentials',
      tenantId: 't',
      clientId: 'c',
      clientSecretEnv: 'BGOP_TEST_SECRET',
    };
    const away = { ...auth, authority: 'http://127.0.0.1:9' };
    process.env['BGOP_TEST_SECRET'] = 'a secret of the test';
    const findings = await examined({ auth: away }, {}, process.env);
    delete process.env['BGOP_TEST_SECRET'];
    expect(wrongOnly(findings)).toEqual(['token']);
    expect(JSON.stringify([...findings])).not.toContain('a secret of the test');
  });

  it('wants another user for the other user', async () => {
    const findings = await examined({ otherUserAuth: user('initiator') });
    expectWrong(findings, 'other-user', 'is the initiator', 'Name another user in target.otherUserAuth');
  });

  it('wants a user without the privileges for the unprivileged one', async () => {
    const findings = await examined({ unprivilegedAuth: user('other') });
    expectWrong(findings, 'unprivileged-user', 'may read operations', 'prvReadbackgroundoperation');
  });

  it('says which privilege the initiator lacks', async () => {
    const target = await broken((method, address) =>
      method === 'DELETE' && address.startsWith('/api/backgroundoperation/') ? { status: 403 } : undefined,
    );
    const findings = await examined(target);
    expect(wrongOnly(findings)).toEqual(['privileges', 'other-user']);
    expect(findings.get('privileges')?.told).toContain('the initiator may not cancel operations');
    expect(findings.get('privileges')?.mend).toContain('prvWritebackgroundoperation');
  });
});

describe('bgop doctor on a table and a clock', () => {
  it('says how to do without a table', async () => {
    const target = await broken((_method, address) =>
      address.includes('/backgroundoperations') ? { status: 404, body: '{}' } : undefined,
    );
    expectWrong(await examined(target), 'table', 'answered 404', 'set target.table to false');
  });

  it('sees a virtual clock that does not move by what it is told', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = await serve((_request, response) => {
      response.end(JSON.stringify({ now: new Date((now += 60_000)).toISOString() }));
    });
    closing.push(clock.close);
    const findings = await examined({ clock: { kind: 'virtual', url: clock.url } });
    expectWrong(findings, 'clock', 'moved by 60000 ms', 'time must stand still');
  });

  it('sees a real clock that is an hour off', async () => {
    const late = new Date(Date.now() - 3_600_000).toUTCString();
    const target = await broken(() => ({ headers: { date: late } }));
    const findings = await examined({ ...target, clock: { kind: 'real' } });
    expectWrong(findings, 'clock', '3600 s behind', 'Set both by NTP');
  });
});

describe('bgop doctor on the listener', () => {
  it('says so when its port is taken, and looks at the rest', async () => {
    const taken = await serve((_request, response) => response.end());
    closing.push(taken.close);
    const findings = await examined({}, { listener: { port: Number(new URL(taken.url).port) } });
    expectWrong(findings, 'listener', 'EADDRINUSE', 'Choose another listener.port');
    expect(findings.get('probe')).toMatchObject({ outcome: 'skipped', told: 'mend listener first' });
    expect(findings.get('events')?.outcome).toBe('ok');
  });

  it('asks itself through publicUrl', async () => {
    const free = await serve((_request, response) => response.end());
    await free.close();
    const port = Number(new URL(free.url).port);
    const findings = await examined({}, { listener: { port, publicUrl: free.url } });
    expect(wrongOnly(findings)).toEqual([]);
    expect(findings.get('listener')?.told).toContain('arrives at the listener');
  });

  it('sees a publicUrl that leads elsewhere', async () => {
    const elsewhere = await serve((_request, response) => response.writeHead(502).end());
    closing.push(elsewhere.close);
    const findings = await examined({}, { listener: { port: 0, publicUrl: elsewhere.url } });
    expectWrong(findings, 'listener', 'something else answered 502', 'a fixed listener.port is needed');
  });
});

describe('bgop doctor on the probe', () => {
  const isProbe = (method: string, address: string): boolean =>
    method === 'POST' && address.endsWith('/bgop_Probe');

  it('says how to get a probe that is not installed', async () => {
    const probe = { kind: 'control', customApi: 'contoso_Probe' };
    expectWrong(await examined({ probe }), 'probe', 'contoso_Probe is not installed', 'bgop probe install');
  });

  it('sees a custom API that is no probe', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { status: 200, body: '{}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'without a call to the listener', 'is no probe');
  });

  it('sees a probe that cannot reach the listener', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { status: 500, body: '{"error":{"message":"timeout"}}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'timeout', 'set listener.publicUrl');
  });

  it('sees a probe that does not obey', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { body: '{"Text":"something else"}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'did not obey', 'the probe of this version');
  });

  it('cancels an operation that should not have been one', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { adds: { Prefer: 'respond-async' } } : undefined,
    );
    const findings = await examined(target);
    expect(wrongOnly(findings)).toEqual(['probe']);
    expect(findings.get('probe')?.mend).toBeDefined();
  });

  it('compares its display name with the configuration', async () => {
    const probe = { kind: 'control', displayName: 'Probe of Contoso' };
    expectWrong(await examined({ probe }), 'probe', 'and not "Probe of Contoso"', 'target.probe.displayName');
  });

  it('looks fixed custom APIs up without calling them', async () => {
    const right = { kind: 'fixed', succeeds: { name: 'sample_Echo' } };
    expect((await examined({ probe: right })).get('probe')).toMatchObject({ outcome: 'ok' });
    const absent = { ...right, fails: { name: 'contoso_Broken' } };
    expectWrong(await examined({ probe: absent }), 'probe', 'no custom API contoso_Broken', 'target.probe');
  });
});

describe('bgop doctor on events', () => {
  it.each(['serviceendpoints', 'sdkmessageprocessingsteps'])(
    'sees that no row of %s may be created, and leaves none of the others',
    async (set) => {
      const target = await broken((method, address) =>
        method === 'POST' && address.endsWith(`/${set}`) ? { status: 403 } : undefined,
      );
      expectWrong(
        await examined(target),
        'events',
        `a row of ${set}: POST answered 403`,
        'Give the initiator',
      );
    },
  );
});
