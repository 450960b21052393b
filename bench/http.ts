import { fileURLToPath } from 'node:url';
import { p99Milliseconds, requestOf, requestsPerSecond, type Load } from './load.ts';
import { alternate, atLeast, atMost, told, type Line } from './measure.ts';
import { withPackedCommand } from './packed-command.ts';
import { serve, type Served } from './process.ts';
import { soapBody, soapPath, soapType } from './soap.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const bareServer = fileOf('bare-server.mjs');
const simulatorServer = fileOf('simulator-server.ts');
const dataServer = fileOf('data-server.ts');
const command = fileOf('../bin/bgop.js');

const token = 'Authorization: Bearer token-initiator';
const submitPath = '/api/data/v9.2/bgop_Probe';
const submitBody = JSON.stringify({ ControlUrl: 'http://127.0.0.1:9/probe' });
const rounds = 5;
/** A start is short, and differs more from the next. */
const startRounds = 11;

/** Requests a second of the simulator against a bare server that sends the same bytes. */
export async function throughput(requests: number): Promise<Line[]> {
  const simulator = await serve(simulatorServer);
  const submit = requestOf('POST', submitPath, [token, 'Prefer: respond-async'], submitBody);
  const accepted = await answerTo(simulator, 'POST', submitPath, submitBody);
  const id = new Headers(accepted.headers).get('x-ms-dyn-backgroundoperationid') ?? '';
  const monitorPath = `/api/backgroundoperation/${id}`;
  const monitor = await answerTo(simulator, 'GET', monitorPath);
  const executed = await answerTo(simulator, 'POST', soapPath, soapBody, soapType);
  try {
    return [
      await against(
        simulator,
        accepted,
        { request: submit, begins: 'HTTP/1.1 202' },
        'POST 202',
        0.55,
        requests,
      ),
      await slowest(simulator, accepted, { request: submit, begins: 'HTTP/1.1 202' }, requests),
      await journalCost(simulator, { request: submit, begins: 'HTTP/1.1 202' }, requests),
      await against(
        simulator,
        monitor,
        { request: requestOf('GET', monitorPath, [token]), begins: 'HTTP/1.1 200' },
        'GET monitor',
        0.7,
        requests,
      ),
      await against(
        simulator,
        executed,
        { request: requestOf('POST', soapPath, [token], soapBody, soapType), begins: 'HTTP/1.1 200' },
        'SOAP Execute',
        0.35,
        requests,
      ),
    ];
  } finally {
    await simulator.stop();
  }
}

/** The slowest submissions but one of a hundred, against those of a bare server. */
async function slowest(
  simulator: Served,
  { headers, ...answer }: Answer,
  load: Load,
  requests: number,
): Promise<Line> {
  const bare = await serve(bareServer, JSON.stringify({ ...answer, headers: headers.flat() }));
  try {
    await requestsPerSecond(bare.port, load, requests / 4);
    const { one, other, ratio } = await alternate(
      rounds,
      () => p99Milliseconds(simulator.port, load, requests),
      () => p99Milliseconds(bare.port, load, requests),
    );
    const text = `× ${ratio.toFixed(2)} (${one.toFixed(2)} ms against ${other.toFixed(2)})`;
    return atMost('POST 202, p99 at 10 connections', ratio, 1.5, text);
  } finally {
    await bare.stop();
  }
}

/** What the journal costs a submission: the rate with it, of the rate of a server without. */
async function journalCost(simulator: Served, load: Load, requests: number): Promise<Line> {
  const silent = await serve(simulatorServer, '0');
  try {
    await requestsPerSecond(silent.port, load, requests / 4);
    const { one, other, ratio } = await alternate(
      rounds,
      () => requestsPerSecond(simulator.port, load, requests),
      () => requestsPerSecond(silent.port, load, requests),
    );
    const text = `${ratio.toFixed(2)} (${one.toFixed(0)} of ${other.toFixed(0)} a second)`;
    return atLeast('POST 202, of that without a journal', ratio, 0.9, text);
  } finally {
    await silent.stop();
  }
}

/** The same submission where each operation is kept in a folder before it is answered. */
export async function throughputWithData(requests: number): Promise<Line[]> {
  const simulator = await serve(dataServer);
  const request = requestOf('POST', submitPath, [token, 'Prefer: respond-async'], submitBody);
  try {
    const accepted = await answerTo(simulator, 'POST', submitPath, submitBody);
    const load = { request, begins: 'HTTP/1.1 202' };
    return [await against(simulator, accepted, load, 'POST 202 with --data', 0.35, requests)];
  } finally {
    await simulator.stop();
  }
}

interface Answer {
  readonly status: number;
  readonly headers: [string, string][];
  readonly body: string;
}

/** Those that Node's server writes of itself. */
const ownFields = ['date', 'connection', 'keep-alive'];

async function answerTo(
  { port }: Served,
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      authorization: 'Bearer token-initiator',
      prefer: 'respond-async',
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const headers = [...response.headers].filter(([name]) => !ownFields.includes(name));
  return { status: response.status, headers, body: await response.text() };
}

async function against(
  simulator: Served,
  { headers, ...answer }: Answer,
  load: Load,
  what: string,
  limit: number,
  requests: number,
): Promise<Line> {
  const bare = await serve(bareServer, JSON.stringify({ ...answer, headers: headers.flat() }));
  try {
    for (const { port } of [simulator, bare]) await requestsPerSecond(port, load, requests / 4);
    const { one, other, ratio } = await alternate(
      rounds,
      () => requestsPerSecond(simulator.port, load, requests),
      () => requestsPerSecond(bare.port, load, requests),
    );
    const text = `${ratio.toFixed(2)} (${one.toFixed(0)} of ${other.toFixed(0)} a second)`;
    return atLeast(`${what}, of the bare server's`, ratio, limit, text);
  } finally {
    await bare.stop();
  }
}

/**
 * Milliseconds until a process listens, against the bare server's: the command of the simulator's package, and the
 * command in a clone. Each has been started once before, so that Node has its compiled code at hand.
 */
export async function readiness(): Promise<Line[]> {
  return withPackedCommand(async (packed) => {
    const asPacked = await readyAgainstBare(packed, '--port', '0');
    const inClone = await readyAgainstBare(command, 'simulate', '--port', '0');
    return [
      atMost('ready, bgop-simulator as packed', asPacked.ratio, 2, asPacked.text),
      told('ready, bgop simulate in a clone', inClone.text),
    ];
  });
}

async function readyAgainstBare(...args: string[]): Promise<{ ratio: number; text: string }> {
  await startOf(...args);
  const { one, other, ratio } = await alternate(
    startRounds,
    () => startOf(...args),
    () => startOf(bareServer),
  );
  return { ratio, text: `× ${ratio.toFixed(2)} (${one.toFixed(0)} ms against ${other.toFixed(0)})` };
}

async function startOf(...args: string[]): Promise<number> {
  const server = await serve(...args);
  await server.stop();
  return server.readyMs;
}
