import { mkdtemp, rm, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestOf, requestsPerSecond } from './load.ts';
import { alternate, atLeast, atMost, type Line } from './measure.ts';
import { serve } from './process.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const token = 'Authorization: Bearer token-initiator';
const rounds = 5;

/**
 * What `bgop proxy` leaves of the rate of a simulator, and of that of a proxy which only passes on, by the same libraries;
 * and whether its memory grows with the traffic.
 */
export async function proxied(requests: number): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop-bench-'));
  const record = path.join(folder, 'traffic.jsonl');
  const simulator = await serve(fileOf('simulator-server.ts'));
  const target = `http://127.0.0.1:${simulator.port}`;
  const proxy = await serve(fileOf('../bin/bgop.js'), 'proxy', '--target', target, '--record', record);
  const bare = await serve(fileOf('bare-proxy.mjs'), target);
  const body = JSON.stringify({ ControlUrl: 'http://127.0.0.1:9/probe' });
  const request = requestOf('POST', '/api/data/v9.2/bgop_Probe', [token, 'Prefer: respond-async'], body);
  const load = { request, begins: 'HTTP/1.1 202' };
  try {
    for (const { port } of [simulator, proxy, bare]) await requestsPerSecond(port, load, requests / 2);
    const { one, other, ratio } = await alternate(
      rounds,
      () => requestsPerSecond(proxy.port, load, requests / 4),
      () => requestsPerSecond(simulator.port, load, requests / 2),
    );
    const rate = `${ratio.toFixed(2)} (${one.toFixed(0)} of ${other.toFixed(0)} a second)`;
    const beside = await alternate(
      rounds,
      () => requestsPerSecond(proxy.port, load, requests / 4),
      () => requestsPerSecond(bare.port, load, requests / 4),
    );
    const besideText = `${beside.ratio.toFixed(2)} (${beside.one.toFixed(0)} of ${beside.other.toFixed(0)} a second)`;
    const before = megabytesOf(proxy.pid);
    await requestsPerSecond(proxy.port, load, requests * 2);
    const after = megabytesOf(proxy.pid);
    const written = (await stat(record)).size / 1e6;
    const memory = `× ${(after / before).toFixed(2)} (${after.toFixed(0)} MB against ${before.toFixed(0)}, ${written.toFixed(0)} MB written)`;
    return [
      atLeast('POST 202 through bgop proxy', ratio, 0.5, rate),
      atLeast('… of a proxy that records nothing', beside.ratio, 0.7, besideText),
      ...(before === 0 ? [] : [atMost(`its memory after ${requests * 2} more`, after / before, 1.3, memory)]),
    ];
  } finally {
    await Promise.all([simulator.stop(), proxy.stop(), bare.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resident memory; 0 where the system does not tell. */
function megabytesOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
