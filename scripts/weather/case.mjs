// One case: a run of the suite against a simulator, with one kind of weather between them.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deviated } from '../../simulator/deviation.ts';
import { loadDeviation } from '../../simulator/deviations.ts';
import { sendByNode } from '../../simulator/send-by-node.ts';
import { startServer } from '../../simulator/server.ts';
import { startWeather } from './proxy.mjs';
import { only } from './targets.mjs';

/**
 * A kind of weather.
 * @typedef {object} Kind
 * @property {string} name
 * @property {string} about
 * @property {(moment: import('./proxy.mjs').Moment, world: World) => Promise<boolean>} [weather] between suite and target
 * @property {(moment: import('./proxy.mjs').Moment, world: World) => Promise<boolean>} [listener] between target and listener
 * @property {(number: number, world: World) => boolean} [outbound] whether the target’s own request of this number gets out
 * @property {(world: World) => Promise<{ exit: number | null }>} [beside] what else works with the target meanwhile
 * @property {object} [proxy] settings of the proxy
 * @property {readonly number[]} may what a run before a conformant target may end with
 * @property {readonly string[]} blame who may be blamed
 * @property {boolean} [noticed] whether a run before a conformant target must have noted it
 * @property {boolean} [short] part of `--short`
 * @property {{ conformant: number, deviating: number }} deadlineS
 *
 * What weather can do with the world besides its requests.
 * @typedef {object} World
 * @property {number} midway the number of the request at which things happen
 * @property {() => Promise<void>} restart replaces the target by a fresh one
 * @property {(milliseconds: number) => Promise<void>} moveClock
 * @property {(args: readonly string[]) => Promise<{ exit: number | null }>} verify another run on the same target
 */

const bgop = fileURLToPath(new URL('../../bin/bgop.js', import.meta.url));

/** A run before a deviating target is shorter. */
const midway = { conformant: 150, deviating: 90 };
const midwayOfListener = { conformant: 60, deviating: 12 };

/** Carries out one case. `whole` runs the whole suite instead of a part. */
export async function runCase(kind, deviation, { whole = false, deadlineS }) {
  const scratch = await mkdtemp(path.join(tmpdir(), 'bgop-weather-'));
  const closing = [];
  try {
    const world = await openWorld(kind, deviation, scratch, closing);
    const patterns = whole ? [] : (deviation?.only ?? only).flatMap((one) => ['--only', one]);
    const began = performance.now();
    const beside = kind.beside?.(world);
    const ended = await verify(
      ['--config', world.config, '--report', path.join(scratch, 'report'), '--seed', '1'],
      [...(whole ? [] : ['--runs', '5']), ...patterns],
      deadlineS,
    );
    const seconds = (performance.now() - began) / 1_000;
    const neighbour = await beside;
    return { ...ended, seconds, neighbour: neighbour?.exit, ...world.counts(), ...(await found(scratch)) };
  } finally {
    await Promise.all(closing.map((close) => close()));
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function openWorld(kind, deviation, scratch, closing) {
  const size = deviation === undefined ? 'conformant' : 'deviating';
  const behaviour = deviation === undefined ? {} : deviated([await loadDeviation(deviation.name)]);
  const outbound = { sent: 0 };
  const listenerWorld = { midway: midwayOfListener[size] };
  const start = async () => {
    const send = (request) => {
      outbound.sent += 1;
      if (kind.outbound?.(outbound.sent, listenerWorld) !== false) return sendByNode(request);
      return Promise.reject(new Error('connect EHOSTUNREACH'));
    };
    const server = await startServer({ clock: 'virtual', ...behaviour, send }, { graceMs: 1_000 });
    closing.push(() => server.close());
    return server;
  };
  let server = await start();
  const world = {
    midway: midway[size],
    config: path.join(scratch, 'bgop.config.json'),
    restart: async () => void (server = await start()),
    moveClock: async (milliseconds) => {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify({ milliseconds });
      const { ok } = await fetch(`${server.url}/simulator/clock`, { method: 'POST', headers, body });
      if (!ok) throw new Error('the clock was not moved');
    },
    verify: (args) => verify(['--config', world.config, '--report', path.join(scratch, 'beside')], args, 600),
    counts: () => ({
      requests: weather.counts.requests,
      spoiled: weather.counts.spoiled + listenerSpoiled(),
    }),
  };
  const nothing = async () => false;
  const weather = await startWeather(
    () => server.url,
    (moment) => (kind.weather ?? nothing)(moment, world),
    { ...kind.proxy, name: nameOf(kind, deviation) },
  );
  closing.push(weather.close);
  const port = await freePort();
  const tunnel =
    kind.listener === undefined
      ? undefined
      : await startWeather(
          () => `http://127.0.0.1:${port}`,
          (moment) => kind.listener(moment, listenerWorld),
          { name: nameOf(kind, deviation) },
        );
  if (tunnel !== undefined) closing.push(tunnel.close);
  const listenerSpoiled = () => tunnel?.counts.spoiled ?? 0;
  await writeFile(world.config, JSON.stringify(configOf(weather.url, tunnel?.url, port)));
  return world;
}

function configOf(url, publicUrl, port) {
  const user = (name) => ({ kind: 'simulator-user', user: name });
  return {
    target: {
      name: 'weather',
      kind: 'url',
      url,
      auth: user('initiator'),
      otherUserAuth: user('other'),
      unprivilegedAuth: user('unprivileged'),
      clock: { kind: 'virtual', url: '/simulator/clock' },
      events: { kind: 'webhook-step' },
    },
    ...(publicUrl === undefined ? {} : { listener: { port, publicUrl } }),
  };
}

/** The name of a case. */
export function nameOf({ name }, deviation) {
  return `${name} / ${deviation?.name ?? 'conformant'}`;
}

/** What the report of a run says. */
async function found(scratch) {
  const file = path.join(scratch, 'report', 'conformance.json');
  const result = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  const { clauses = [], run = {} } = result ?? {};
  const having = (verdict) => clauses.filter((one) => one.verdict === verdict).map(({ id }) => id);
  return {
    blames: [...new Set(clauses.flatMap(({ blame }) => blame ?? []))],
    noted: [...new Set((run.disruptions ?? []).map(({ source }) => source))],
    failed: having('failed'),
    warned: having('warned'),
    open: having('inconclusive'),
    incomplete: run.incomplete,
  };
}

function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function verify(settings, args, deadlineS) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bgop, 'verify', ...settings, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 30_000).unref();
    }, deadlineS * 1_000);
    child.once('close', (exit) => {
      clearTimeout(timer);
      resolve({ exit, output, late });
    });
  });
}
