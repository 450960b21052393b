import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeDefinition } from '../../contract/probe.ts';
import { errorCodes } from '../../contract/vocabulary.ts';
import { readAssemblyFile } from '../../harness/installation/assembly.ts';

const run = promisify(execFile);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const missing = ['mcs', 'mono'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined);

/** Compiles stand-ins, plug-in and check into a folder of their own. */
async function compile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop plug-in '));
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
  return folder;
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
let server: Server;
let url = '';
let answers: Answer[] = [];
const asked: Asked[] = [];

/** What came of one execution in which the suite answers so: the printed lines. */
function execute(given: readonly Answer[], ...payload: string[]): Promise<string[]> {
  asked.length = 0;
  answers = [...given];
  return printed('mono', [path.join(folder, 'Check.exe'), url, ...payload]);
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

describe.skipIf(missing.length > 0)('the plug-in, compiled and executed by Mono', () => {
  beforeAll(async () => {
    folder = await compile();
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
  }, 120_000);

  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it('is what bgop probe install takes', async () => {
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
