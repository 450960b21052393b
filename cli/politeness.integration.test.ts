import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn, serve } from './fixtures/bgop.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A folder with a configuration for the simulator's users at an address. */
async function folderFor(url: string, more: object = {}): Promise<string> {
  const folder = await emptyFolder();
  const config = {
    target: {
      kind: 'url',
      url,
      auth: { kind: 'simulator-user', user: 'initiator' },
      clock: { kind: 'virtual', url: '/simulator/clock' },
    },
    ...more,
  };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  return folder;
}

describe('a target with service protection limits', () => {
  it('is waited for as it asks, and not held against it', async () => {
    const target = await startServer({ serviceProtection: { requests: 40, windowMs: 1_500 } });
    closers.push(target.close);
    const folder = await folderFor(target.url);
    const ended = await bgop(folder, 'verify', '--only', 'unknown', '--seed', '7');
    expect(ended.err).toMatch(/the target asks for patience \(429 to [A-Z]+ \/api\/\S+\): waiting \d+ s/);
    expect(ended.status, ended.out).toBe(0);
    const result = await resultIn(folder);
    expect(result?.summary).toMatchObject({ failed: 0, warned: 0 });
    expect(result?.summary.passed).toBeGreaterThan(5);
    expect(JSON.stringify(result)).not.toContain('0x80072322');
    expect(result?.run.requests).toBeGreaterThan(40);
    expect(ended.out).toContain(`${result?.run.requests} requests were sent to the target.`);
  }, 120_000);

  it('that never let the suite in end the run with 3, a clear message and nothing failed', async () => {
    let asked = 0;
    const target = await serve((request, response) => {
      request.resume();
      asked += 1;
      if (request.url === '/simulator/clock') response.end('{"now":"2026-01-01T00:00:00Z"}');
      else if (asked === 1) response.end('{}');
      else
        response.writeHead(429, { 'Retry-After': '1' }).end('{"error":{"code":"0x80072322","message":"…"}}');
    });
    closers.push(target.close);
    const folder = await folderFor(target.url, { timeouts: { patienceMs: 2_500 } });
    const ended = await bgop(folder, 'verify', '--only', 'submit,monitor');
    expect(ended.status, ended.out).toBe(3);
    expect(ended.err).toMatch(
      /the target answers 429 to \S+ \S+ and asks to wait another 1 s; the suite waits 3 s at most \(timeouts\.patienceMs\)\./,
    );
    // The looks before the run met it, so that nothing was judged.
    expect(await resultIn(folder)).toBeUndefined();
  }, 120_000);
});

describe('a request budget', () => {
  it('is never passed, leaves the rest undecided, and ends the run with 3', async () => {
    let asked = 0;
    const simulator = await startServer({}).then((server) => {
      closers.push(server.close);
      return server.simulator;
    });
    const { handle } = simulator;
    const counted = await startServer({
      ...simulator,
      handle: (request) => {
        if (request.path !== '/simulator/clock') asked += 1;
        return handle(request);
      },
    });
    closers.push(counted.close);
    const folder = await folderFor(counted.url);
    const ended = await bgop(folder, 'verify', '--only', 'unknown', '--max-requests', '12');
    expect(ended.status, ended.out).toBe(3);
    expect(ended.out).toContain('Incomplete: request budget used up before all checks of unknown.');
    expect(ended.out).toContain('--max-requests 12');
    const result = await resultIn(folder);
    expect(result?.run.requests).toBe(12);
    // The looks before the run are a few more.
    expect(asked).toBeGreaterThan(12);
    expect(asked).toBeLessThanOrEqual(12 + 6);
    expect(result?.summary.failed).toBe(0);
    const reasons = result?.clauses.map(({ reason = '' }) => reason) ?? [];
    expect(
      reasons.filter((reason) => reason.includes('request budget used up (12 requests)')).length,
    ).toBeGreaterThan(2);
  }, 120_000);
});
