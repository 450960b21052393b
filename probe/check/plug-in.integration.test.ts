import { execFile, spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeDefinition } from '../../contract/probe.ts';
import { errorCodes } from '../../contract/vocabulary.ts';
import { readAssemblyFile } from '../../harness/installation/assembly.ts';

const run = promisify(execFile);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const lacks = (...tools: string[]) =>
  tools.some((tool) => spawnSync(tool, ['--version']).error !== undefined);

/** What compiles the plug-in: into a folder of its own, as a program with its first arguments. */
interface Toolchain {
  readonly name: string;
  readonly missing: boolean;
  readonly compile: (folder: string) => Promise<readonly [program: string, ...args: string[]]>;
}

/** Tells whether there is an SDK of .NET 10 or newer. */
function hasSdk(): boolean {
  const listed = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return listed.error === undefined && /^1\d\./m.test(listed.stdout);
}

const mono: Toolchain = { name: 'Mono', missing: lacks('mcs', 'mono'), compile: compileByMono };
const dotnet: Toolchain = { name: 'the SDK of .NET', missing: !hasSdk(), compile: compileByDotnet };
for (const { name, missing } of [mono, dotnet])
  if (missing) console.log(`The plug-in was not compiled by ${name}, which was not found.`);

/** The project of the check, without build servers that stay. */
async function compileByDotnet(folder: string): Promise<readonly [string, ...string[]]> {
  for (const name of (await readdir(here('..'))).filter((each) => each.endsWith('.cs')))
    await cp(here(`../${name}`), path.join(folder, name));
  for (const name of ['Check.csproj', 'Check.cs', 'Sdk.cs'])
    await cp(here(name), path.join(folder, 'check', name));
  const options = ['-nodeReuse:false', '-p:UseSharedCompilation=false', '-v', 'quiet', '-o'];
  const env = {
    ...process.env,
    DOTNET_CLI_HOME: folder,
    DOTNET_NOLOGO: '1',
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  };
  const built = run('dotnet', ['build', ...options, path.join(folder, 'out')], {
    cwd: path.join(folder, 'check'),
    env,
  });
  await built.catch((error: { stdout?: string }) => {
    throw new Error(`The plug-in does not compile.\n${error.stdout ?? ''}`, { cause: error });
  });
  return ['dotnet', path.join(folder, 'out/Check.dll')];
}

/** Stand-ins, plug-in and check, each an assembly. */
async function compileByMono(folder: string): Promise<readonly [string, ...string[]]> {
  const out = (name: string): string => path.join(folder, name);
  const sources = (await readdir(here('..'))).filter((name) => name.endsWith('.cs'));
  const [key, sdk, plugIn] = [out('key.snk'), out('Microsoft.Xrm.Sdk.dll'), out('Bgop.Probe.dll')];
  await run(process.execPath, [here('../make-key.mjs'), key]);
  const library = ['-target:library', `-keyfile:${key}`];
  await run('mcs', [...library, `-out:${sdk}`, here('Sdk.cs')]);
  // With documentation demanded and warnings as errors, as the project has it.
  const strict = ['-langversion:7', '-warn:4', '-warnaserror', `-doc:${out('doc.xml')}`];
  const needs = ['-r:System.Net.Http', '-r:System.Runtime.Serialization', `-r:${sdk}`];
  await run('mcs', [
    ...library,
    ...strict,
    ...needs,
    `-out:${plugIn}`,
    ...sources.map((name) => here(`../${name}`)),
  ]);
  await run('mcs', [`-r:${plugIn}`, `-r:${sdk}`, `-out:${out('Check.exe')}`, here('Check.cs')]);
  return ['mono', out('Check.exe')];
}

/** An answer of the suite: a status, a text as it is, anything else as JSON, or none at all. */
type Answer = { readonly status: number } | string | object;
const cut = { cut: true };

interface Asked {
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly body: Record<string, unknown>;
}

let folder = '';
let command: readonly [program: string, ...args: string[]] = [''];
let server: Server;
let url = '';
let answers: Answer[] = [];
const asked: Asked[] = [];

/** What came of one execution in which the suite answers so: the printed lines. */
function execute(given: readonly Answer[], ...payload: string[]): Promise<string[]> {
  asked.length = 0;
  answers = [...given];
  const [program, ...args] = command;
  return printed(program, [...args, url, ...payload]);
}

/** The lines of a program before its line "end"; it is not waited for any longer. */
function printed(program: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      reject(new Error(`${program} ended early: ${text}`));
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!/^end$/m.test(text)) return;
      resolve(text.slice(0, text.search(/^end$/m)).split('\n').slice(0, -1));
      child.kill('SIGKILL');
    });
  });
}

describe.each([mono, dotnet])('the plug-in, compiled and executed by $name', ({ missing, compile }) => {
  beforeEach((context) => {
    context.skip(missing);
  });

  beforeAll(async () => {
    if (missing) return;
    folder = await mkdtemp(path.join(tmpdir(), 'bgop plug-in '));
    command = await compile(folder);
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
        asked.push({ method: request.method, type: request.headers['content-type'], body });
        const answer = answers.shift() ?? { status: 410 };
        if (answer === cut) request.socket.destroy();
        else if (typeof answer === 'string') response.end(answer);
        else if (!('status' in answer)) response.end(JSON.stringify(answer));
        else response.writeHead(Number(answer.status), { Location: `${url}elsewhere` }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }, 300_000);

  afterAll(async () => {
    if (missing) return;
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it.skipIf(compile === compileByDotnet)('is what bgop probe install takes', async () => {
    const { name, types } = await readAssemblyFile(path.join(folder, 'Bgop.Probe.dll'));
    expect([name, types]).toEqual(['Bgop.Probe', expect.arrayContaining([probeDefinition.pluginType])]);
  });

  it('asks with its time and the payload, and sets what is ordered, each in its type', async () => {
    const outputs = {
      Text: 'grün "𝄞"',
      Count: -3,
      Flag: false,
      Amount: 12345678901.1234,
      When: '2026-01-01T01:00:00+01:00',
      Id: '9C9EE0B7-4D8E-4A3C-9E6B-2F4C1F0A7D11',
    };
    expect(await execute([{ outcome: 'succeed', outputs }], 'pay "ü"')).toEqual([
      'Text String grün "𝄞"',
      'Count Int32 -3',
      'Flag Boolean False',
      'Amount Decimal 12345678901.1234',
      'When DateTime 2026-01-01T00:00:00.0000000Z',
      'Id Guid 9c9ee0b7-4d8e-4a3c-9e6b-2f4c1f0a7d11',
    ]);
    expect(asked).toEqual([
      {
        method: 'POST',
        type: expect.stringMatching(/^application\/json\b/) as string,
        body: {
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          payload: 'pay "ü"',
          platformErrors: [errorCodes.objectDoesNotExist, errorCodes.noAttribute],
        },
      },
    ]);
  });

  it('sets no output that is not ordered, and sends no payload that was not given', async () => {
    expect(await execute([{ outcome: 'succeed' }])).toEqual([]);
    expect(Object.keys(asked[0]?.body ?? {})).toEqual(['platformErrors', 'time']);
    expect(await execute([{ outcome: 'succeed', outputs: { Amount: 1e-7 } }])).toEqual([
      'Amount Decimal 0.0000001',
    ]);
  });

  it('goes on as long as it is told to, and asks again', async () => {
    const begun = performance.now();
    const going = { outcome: 'continue', milliseconds: 200 };
    expect(await execute([going, going, { outcome: 'succeed' }])).toEqual([]);
    expect(asked).toHaveLength(3);
    expect(performance.now() - begun).toBeGreaterThan(400);
  });

  it.each([
    [{ outcome: 'fail', errorMessage: 'nö' }, 'error none nö'],
    [{ outcome: 'fail', errorMessage: 'denied', errorCode: -2147187707 }, 'error -2147187707 denied'],
    [
      { outcome: 'fail', errorMessage: 'x', errorCode: -2147220969 },
      'fault -2147220969 systemuser does not exist',
    ],
    [{ outcome: 'fail', errorMessage: 'x', errorCode: -2147217149 }, 'fault -2147217149 no such column'],
    [{ outcome: 'dance' }, 'error none ControlUrl answered an unknown outcome: dance.'],
    [{}, 'error none ControlUrl answered an unknown outcome: none.'],
    [{ outcome: 'continue' }, 'error none ControlUrl answered "continue" without a number of milliseconds.'],
    ['[]', 'error none ControlUrl answered no JSON object that is an order.'],
    ['{"outcome":', 'error none ControlUrl answered no JSON object that is an order.'],
    ['', 'error none ControlUrl answered no JSON object that is an order.'],
    [{ status: 500 }, 'error none ControlUrl answered 500 instead of 200.'],
    [{ status: 302 }, 'error none ControlUrl answered 302 instead of 200.'],
    [cut, 'error none ControlUrl gave no answer: '],
  ])('fails as it is told, and where it is told nothing it knows: %j', async (answer, line) => {
    const lines = await execute([answer]);
    expect([lines.length, lines[0]]).toEqual([1, expect.stringContaining(line)]);
  });
});
