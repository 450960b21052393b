import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { startServer } from '../../simulator/server.ts';
import { deviated } from '../../simulator/deviation.ts';
import { loadDeviation } from '../../simulator/deviations.ts';
import { serve } from '../fixtures/bgop.ts';
import { broken, closing, configuration, server, user } from '../fixtures/patients.ts';
import type { Interference } from '../fixtures/interfering.ts';
import type { DoctorFinding } from './finding.ts';
import { hindrance } from './readiness.ts';

const look = (target: object = {}, more: object = {}): Promise<DoctorFinding | undefined> =>
  hindrance(parseConfig(configuration(target, more)), 'run-1a2b3c4d', {});

const isProbe = (method: string, address: string): boolean =>
  method === 'POST' && address.endsWith('/bgop_Probe');

/** What is in the way when some requests are interfered with. */
const interfered = async (
  interfere: (method: string, path: string, body: string) => Interference | undefined,
): Promise<DoctorFinding | undefined> => look(await broken(interfere));

const html = { 'content-type': 'text/html' };

describe('nothing is in the way of a run', () => {
  it('on a target that is ready, in well under a second', async () => {
    const began = performance.now();
    expect(await look()).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('on one without table, with fixed custom APIs, in real time, or without WhoAmI', async () => {
    expect(await look({ table: false })).toBeUndefined();
    expect(await look({ probe: { kind: 'fixed', succeeds: { name: 'sample_Echo' } } })).toBeUndefined();
    const real = await startServer({ clock: 'real' });
    closing.push(real.close);
    expect(await look({ url: real.url, clock: { kind: 'real' } })).toBeUndefined();
    const without = { status: 501, body: '{"error":{"code":"0x0","message":"no such function"}}' };
    expect(
      await interfered((_method, path) => (path.endsWith('/WhoAmI') ? without : undefined)),
    ).toBeUndefined();
  });

  it.each([
    'submit.accepted-ok',
    'submit.synchronous-accepted',
    'monitor.codes-strings',
    'access.unprivileged-row-reads',
    'table.retrieve-not-found',
  ])('on one that deviates by %s, where there is such a deviation', async (name) => {
    const deviation = await loadDeviation(name).catch(() => undefined);
    if (deviation === undefined) return;
    const { behaviour, choices } = deviated([deviation]);
    const target = await startServer({ clock: 'virtual', behaviour, choices });
    closing.push(target.close);
    const clock = { kind: 'virtual', url: `${target.url}/simulator/clock` };
    expect(await look({ url: target.url, clock })).toBeUndefined();
  });

  it.each<[string, Interference]>([
    ['a wrong status', { status: 201, body: '{"Text":"x"}' }],
    ['a wrong body', { body: '{"text":"something else"}' }],
    ['no body', { body: '' }],
    ['an operation', { adds: { Prefer: 'respond-async' } }],
    ['an error', { status: 500, body: '{"error":{"code":"0x80040216","message":"no"}}' }],
    ['400', { status: 400, body: '{"error":{"code":"0x0","message":"no"}}' }],
  ])('on one that answers its probe with %s where it should be executed at once', async (_what, instead) => {
    let first = true;
    const found = await interfered((method, path) => {
      if (!isProbe(method, path) || !first) return undefined;
      first = false;
      return instead;
    });
    expect(found).toBeUndefined();
  });
});

describe('in the way of a run is', () => {
  it.each<[string, Interference, string, DoctorFinding['unready']]>([
    ['a gateway', { status: 502, headers: { server: 'nginx' } }, 'answered 502 to GET', 'starting'],
    [
      'a sign-in page',
      { status: 200, headers: html, body: '<title>Sign in</title>' },
      '"Sign in"',
      'starting',
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://login.test/' } },
      '302, Location',
      'misconfigured',
    ],
    ['a token that is refused', { status: 401 }, '(target.auth): GET answered 401', 'misconfigured'],
  ])('%s in front of everything', async (_what, instead, told, unready) => {
    const found = await interfered((_method, path) => (path.includes('/api/data/') ? instead : undefined));
    expect(found).toMatchObject({ id: 'who-am-i', unready, told: expect.stringContaining(told) as string });
    expect(found?.mend ?? '').not.toBe('');
  });

  it.each<[string, Interference, string]>([
    [
      '404',
      { status: 404, body: '{"error":{"code":"0x0","message":"no such segment"}}' },
      'is not installed',
    ],
    ['403', { status: 403, body: '{}' }, 'answered 403'],
    ['504', { status: 504 }, 'answered 504 to POST'],
    ['HTML', { status: 500, headers: html, body: '<h1>500</h1>' }, 'page of HTML'],
    ['success, without asking', { status: 200, body: '{}' }, 'without a call to the listener'],
  ])('a probe that is answered with %s', async (_what, instead, told) => {
    const found = await interfered((method, path) => (isProbe(method, path) ? instead : undefined));
    expect(found).toMatchObject({ id: 'probe', told: expect.stringContaining(told) as string });
  });

  it('a tunnel that is down, a token of another user, a table that is not offered', async () => {
    const down = await serve((_request, response) => response.writeHead(502).end());
    closing.push(down.close);
    const listener = { port: 0, publicUrl: down.url };
    expect(await look({}, { listener })).toMatchObject({ id: 'listener' });
    const other = await interferedFor('token-other', { status: 401 });
    expect(other?.told).toContain('the other user (target.otherUserAuth)');
    expect(other?.mend).not.toContain('target.auth');
    const absent = await interfered((_method, path) =>
      path.includes('/backgroundoperations') ? { status: 404, body: '{}' } : undefined,
    );
    expect(absent).toMatchObject({ id: 'table', unready: 'starting' });
    expect(await look({ probe: { kind: 'fixed', succeeds: { name: 'contoso_Gone' } } })).toMatchObject({
      id: 'probe',
    });
    expect(await look({ otherUserAuth: user('initiator') })).toBeUndefined();
  });
});

/** What is in the way when whatever carries this token is interfered with. */
async function interferedFor(token: string, instead: Interference): Promise<DoctorFinding | undefined> {
  const target = await serve((request, response) => {
    void (async () => {
      if (request.headers.authorization === `Bearer ${token}`) {
        response.writeHead(instead.status ?? 200).end();
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const answer = await fetch(server.url + (request.url ?? ''), {
        method: request.method ?? 'GET',
        headers: { Authorization: request.headers.authorization ?? '', 'Content-Type': 'application/json' },
        ...(body === '' ? {} : { body }),
      });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text());
    })().catch(() => response.destroy());
  });
  closing.push(target.close);
  return look({ url: target.url });
}

describe('a virtual clock', () => {
  /** A clock interface of its own, beside a target that is right. */
  async function clocked(now: () => number, move: (milliseconds: number) => void) {
    const clock = await serve((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        if (request.method === 'POST') move((JSON.parse(text) as { milliseconds: number }).milliseconds);
        response.end(JSON.stringify({ now: new Date(now()).toISOString() }));
      });
    });
    closing.push(clock.close);
    return look({ clock: { kind: 'virtual', url: clock.url } });
  }
  const start = Date.parse('2026-01-01T00:00:00Z');

  it('that tells whole seconds is fine', async () => {
    let now = start;
    const told = (): number => Math.floor(now / 1_000) * 1_000;
    expect(await clocked(told, (by) => (now += by))).toBeUndefined();
  });

  it.each<[string, () => [() => number, (by: number) => void], DoctorFinding['unready']]>([
    ['stands still', () => [() => start, () => undefined], 'misconfigured'],
    [
      'runs back',
      () => {
        let now = start;
        return [() => now, (by) => (now -= by)];
      },
      'starting',
    ],
    [
      'runs by itself',
      () => {
        const began = performance.now();
        return [() => start + Math.round(performance.now() - began), () => undefined];
      },
      'misconfigured',
    ],
    [
      'another run, or somebody by hand, moves it',
      () => {
        let now = start;
        return [() => (now += 60_000), () => undefined];
      },
      'starting',
    ],
  ])('is named where it %s', async (told, made, unready) => {
    const [now, move] = made();
    expect(await clocked(now, move)).toMatchObject({
      id: 'clock',
      unready,
      told: expect.stringContaining(told) as string,
    });
  });
});
