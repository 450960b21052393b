import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startServer } from '../server.ts';

const run = promisify(execFile);
const sources = fileURLToPath(new URL('../../examples/dotnet-client/', import.meta.url));
const sdks = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
const hasDotnet = sdks.error === undefined && /^1\d\./m.test(sdks.stdout);
if (!hasDotnet)
  console.log('The .NET client was not run: there is no dotnet with an SDK of version 10 or newer.');

const minutes = 60_000;

/** Builds the client in a folder of its own, without build servers that stay; undefined if NuGet is out of reach. */
async function build(folder: string): Promise<string | undefined> {
  await cp(sources, folder, { recursive: true, filter: (each) => !/[\\/](bin|obj)$/.test(each) });
  const output = path.join(folder, 'out');
  const options = ['-nodeReuse:false', '-p:UseSharedCompilation=false', '-v', 'quiet', '-o', output];
  const env = {
    ...process.env,
    DOTNET_CLI_HOME: folder,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    NUGET_PACKAGES: path.join(folder, 'packages'),
  };
  try {
    await run('dotnet', ['build', ...options], { cwd: folder, env, timeout: 4 * minutes });
    return path.join(output, 'dotnet-client.dll');
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    if (/error NU1301/.test(stdout)) return undefined;
    throw new Error(`The client does not build.\n${stdout}`, { cause: error });
  }
}

describe.skipIf(!hasDotnet)('a client of .NET', () => {
  it(
    'submits, waits, reads outputs, cancels and meets faults over WCF',
    async (context) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'bgop-dotnet-client-'));
      const received: unknown[] = [];
      const receiver = createServer((request, response) => {
        let text = '';
        request.on('data', (chunk: Buffer) => (text += chunk.toString()));
        request.on('end', () => {
          received.push(JSON.parse(text));
          response.end();
        });
      });
      await new Promise<void>((resolve) => {
        receiver.listen(0, '127.0.0.1', resolve);
      });
      const server = await startServer({ clock: 'real' });
      try {
        const client = await build(folder);
        if (client === undefined) {
          context.skip('The .NET client was not run: its packages could not be fetched.');
          return;
        }
        const callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
        const { stdout } = await run('dotnet', [client, server.url, 'token-initiator', callback], {
          timeout: minutes,
        });
        const lines = stdout.trim().split('\n');
        expect(lines.filter((line) => !line.startsWith('ok: '))).toEqual([]);
        expect(lines.at(-1)).toBe('ok: a query finds the operation');
        await server.simulator.sent();
        expect(received).toEqual([expect.objectContaining({ backgroundOperationStatusCode: 30 })]);
      } finally {
        await server.close();
        receiver.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    6 * minutes,
  );
});
