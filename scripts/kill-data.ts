// Kills a simulator with --data over and over, at any moment, while it is under load, and looks at what is left:
// nothing that was answered 202 may be lost, nothing may be executed more often than four times, and every
// callback has to arrive.
//
//     node scripts/kill-data.ts [kills]          200 unless told; about a second each
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../bin/bgop.js', import.meta.url));
const connections = 8;
const mostAttempts = 4;
/** Answers after which it is killed at the latest, unless they take longer than this. */
const mostAnswers = 150;
const patienceMs = 5_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What was counted over all kills, and what is wrong with what is left. */
interface Counted {
  readonly kills: number;
  /** Operations that were answered 202, and how many of them succeeded. */
  readonly accepted: number;
  readonly succeeded: number;
  readonly executions: number;
  readonly callbacks: number;
  /** Callbacks that came more than once. */
  readonly twice: number;
  readonly problems: readonly string[];
}

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Kills it so many times; answers what was counted, and the problems as lines. */
export async function killOverAndOver(
  kills: number,
  tell: (line: string) => void = () => undefined,
): Promise<Counted> {
  const folder = await mkdtemp(join(tmpdir(), 'bgop-kills-'));
  const executions = new Map<string, number>();
  const callbacks = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  // Each third operation fails whenever it is executed.
  const listener = createServer((incoming, response) => {
    incoming.resume();
    const [, kind = '', number = ''] = (incoming.url ?? '').split('/');
    count(kind === 'probe' ? executions : callbacks, number);
    const fails = Number(number) % 3 === 0;
    const outcome = fails
      ? { outcome: 'fail', error: { code: 7, message: 'as told' } }
      : { outcome: 'succeed', outputs: { Text: number } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(outcome));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const own = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  /** Ids by number, of all that was answered 202. */
  const accepted = new Map<string, string>();
  let number = 0;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const simulator = await start(folder);
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      let killed = false;
      let answered = 0;
      const load = Array.from({ length: connections }, async () => {
        for (let each = 0; each < 40 && !killed; each += 1) {
          number += 1;
          const mine = String(number);
          const id = await submit(simulator.port, agent, own, mine).catch(() => undefined);
          if (id === undefined) continue;
          accepted.set(mine, id);
          answered += 1;
        }
      });
      // On a busy machine time alone would end most of them before they have answered anything.
      const enough = Math.floor(Math.random() * mostAnswers);
      const deadline = Date.now() + patienceMs;
      while (answered < enough && Date.now() < deadline) await pause(1);
      await pause(Math.random() * 300);
      killed = true;
      simulator.child.kill('SIGKILL');
      await once(simulator.child, 'exit');
      agent.destroy();
      await Promise.all(load);
      if (kill % 20 === 0) tell(`${kill} kills, ${accepted.size} operations accepted`);
    }
    const left = await look(folder, accepted, executions, callbacks);
    const twice = [...callbacks.values()].filter((times) => times > 1).length;
    return {
      kills,
      accepted: accepted.size,
      executions: sum(executions),
      callbacks: sum(callbacks),
      twice,
      ...left,
    };
  } finally {
    listener.close();
    listener.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is wrong with what is left, after everything that was accepted has come to its end. */
async function look(
  folder: string,
  accepted: ReadonlyMap<string, string>,
  executions: ReadonlyMap<string, number>,
  callbacks: ReadonlyMap<string, number>,
): Promise<Pick<Counted, 'succeeded' | 'problems'>> {
  const simulator = await start(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const problems: string[] = [];
  let succeeded = 0;
  try {
    const deadline = Date.now() + 600_000;
    for (const [number, id] of accepted) {
      for (;;) {
        const { status, body } = await call(simulator.port, agent, 'GET', `/api/backgroundoperation/${id}`);
        const shown = (status === 200 ? JSON.parse(body) : {}) as Record<string, unknown>;
        const ended = shown.backgroundOperationStateCode === 3;
        if (ended && callbacks.has(number)) {
          if (shown.backgroundOperationStatusCode === 30) succeeded += 1;
          break;
        }
        if (status === 404) problems.push(`operation ${id} was answered 202 and is lost`);
        else if (Date.now() > deadline) {
          problems.push(
            `operation ${id} ${ended ? 'has ended without a callback' : `has not ended: ${body}`}`,
          );
        } else {
          await pause(20);
          continue;
        }
        break;
      }
    }
    for (const [number, times] of executions) {
      if (times > mostAttempts) problems.push(`operation number ${number} was executed ${times} times`);
    }
  } finally {
    agent.destroy();
    simulator.child.kill('SIGKILL');
    await once(simulator.child, 'exit');
  }
  return { succeeded, problems };
}

async function start(folder: string): Promise<Started> {
  const retries = ['--retry-base', '50', '--retry-factor', '1', '--journal', '0'];
  const child = spawn(process.execPath, [launcher, 'simulate', '--data', folder, ...retries], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const [, port] = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error(`bgop simulate --data ended before it listened: ${text}`);
}

async function submit(port: number, agent: Agent, own: string, number: string): Promise<string | undefined> {
  const headers = { prefer: `respond-async,odata.callback;url="${own}/callback/${number}"` };
  const body = JSON.stringify({ ControlUrl: `${own}/probe/${number}` });
  const answer = await call(port, agent, 'POST', '/api/data/v9.2/bgop_Probe', headers, body);
  return answer.status === 202 ? String(answer.headers['x-ms-dyn-backgroundoperationid']) : undefined;
}

function call(
  port: number,
  agent: Agent,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const all = { authorization: 'Bearer token-initiator', 'content-type': 'application/json', ...headers };
    const asked = request({ port, host: '127.0.0.1', agent, method, path, headers: all }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function sum(map: ReadonlyMap<string, number>): number {
  return [...map.values()].reduce((all, each) => all + each, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { problems, ...counted } = await killOverAndOver(Number(process.argv[2] ?? 200), console.log);
  console.log(counted);
  for (const problem of problems.slice(0, 20)) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
}
