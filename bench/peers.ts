/**
 * Measures mocks that install from npm beside the simulator, on the same work: POST that is accepted with 202. They
 * are installed into a temporary folder, which is removed; nothing of ours depends on them.
 *
 *     npm run bench:peers [-- NAME …]
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestOf, requestsPerSecond, type Load } from './load.ts';
import { median, tableOf, told, type Line } from './measure.ts';

/** A mock server, and how it is told to serve the file of its work on a port. */
interface Peer {
  readonly package: string;
  /** Below `node_modules/.bin`. */
  readonly command: string;
  readonly args: (port: string) => readonly string[];
  readonly begins: string;
}

const api = 'openapi.json';
const peers: readonly Peer[] = [
  {
    package: 'json-server@0.17.4',
    command: 'json-server',
    args: (port) => ['--quiet', '--host', '127.0.0.1', '--port', port, 'db.json'],
    begins: 'HTTP/1.1 201',
  },
  {
    package: '@mockoon/cli@9.9.0',
    command: 'mockoon-cli',
    args: (port) => [
      'start',
      '--data',
      api,
      '--hostname',
      '127.0.0.1',
      '--port',
      port,
      '--disable-log-to-file',
    ],
    begins: 'HTTP/1.1 202',
  },
  {
    package: '@stoplight/prism-cli@5.16.0',
    command: 'prism',
    args: (port) => ['mock', api, '--host', '127.0.0.1', '--port', port, '--verboseLevel', 'silent'],
    begins: 'HTTP/1.1 202',
  },
  {
    package: 'open-api-mocker@2.0.0',
    command: 'open-api-mocker',
    args: (port) => ['--schema', api, '--port', port],
    begins: 'HTTP/1.1 202',
  },
];

const requestPath = '/bgop_Probe';
const body = JSON.stringify({ ControlUrl: 'http://127.0.0.1:9/probe' });
const headers = ['Authorization: Bearer token-initiator', 'Prefer: respond-async', 'Accept: */*'];
const requests = 2_000;
const rounds = 3;
const readyWithinMs = 60_000;

/** The work as the peers take it: json-server keeps rows in a file, the others read OpenAPI. */
function writeWork(folder: string): void {
  const schema = { type: 'object', properties: { ControlUrl: { type: 'string' } } };
  const accepted = {
    description: 'Accepted',
    content: { 'application/json': { example: { accepted: true } } },
  };
  const post = { requestBody: { content: { 'application/json': { schema } } }, responses: { 202: accepted } };
  const document = {
    openapi: '3.0.3',
    info: { title: 'Work', version: '1' },
    paths: { [requestPath]: { post } },
  };
  writeFileSync(path.join(folder, api), JSON.stringify(document));
  writeFileSync(path.join(folder, 'db.json'), JSON.stringify({ bgop_Probe: [] }));
}

async function measure({ command, args, begins }: Peer, folder: string): Promise<string> {
  const port = await freePort();
  const program = path.join(folder, 'node_modules/.bin', command);
  const child = spawn(program, args(String(port)), { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    await listening(port, child.pid);
    return await rate(port, { request: requestOf('POST', requestPath, headers, body), begins });
  } finally {
    child.kill();
    await ended;
  }
}

async function rate(port: number, load: Load): Promise<string> {
  await requestsPerSecond(port, load, requests / 4);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) rates.push(await requestsPerSecond(port, load, requests));
  return `${median(rates).toFixed(0)} a second`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port: number, pid: number | undefined): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (pid !== undefined && performance.now() < deadline) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not listen');
}

async function peerLine(peer: Peer): Promise<Line> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bgop-peer-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    const options = [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--ignore-scripts',
      peer.package,
    ];
    if (spawnSync('npm', options, { cwd: folder, stdio: 'ignore' }).status !== 0)
      return told(peer.package, 'does not install here');
    writeWork(folder);
    return told(peer.package, await measure(peer, folder));
  } catch (error) {
    return told(
      peer.package,
      `could not be measured: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ownLine(): Promise<Line> {
  const { serve } = await import('./process.ts');
  const simulator = await serve(fileURLToPath(new URL('simulator-server.ts', import.meta.url)));
  try {
    const request = requestOf('POST', `/api/data/v9.2${requestPath}`, headers, body);
    return told('the simulator', await rate(simulator.port, { request, begins: 'HTTP/1.1 202' }));
  } finally {
    await simulator.stop();
  }
}

const names = process.argv.slice(2);
const lines = [await ownLine()];
for (const peer of peers.filter(({ package: name }) => names.every((wanted) => name.includes(wanted)))) {
  console.error(`measuring: ${peer.package}`);
  lines.push(await peerLine(peer));
}
console.log(tableOf(lines));
