import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const sources = here('../../examples/dotnet-client/');
const sdks = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
const hasDotnet = sdks.error === undefined && /^1\d\./m.test(sdks.stdout);
if (!hasDotnet)
  console.log('The .NET client was not run: there is no dotnet with an SDK of version 10 or newer.');

const minutes = 60_000;

/** Builds the tests in a folder of their own, without build servers that stay; undefined if NuGet is out of reach. */
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
    await run('dotnet', ['build', 'tests', ...options], { cwd: folder, env, timeout: 8 * minutes });
    return path.join(output, 'DotnetClient.Tests.dll');
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    if (/error NU1301/.test(stdout)) return undefined;
    throw new Error(`The client does not build.\n${stdout}`, { cause: error });
  }
}

interface Ctrf {
  readonly results: {
    readonly tests: readonly { readonly name: string; readonly status: string; readonly message?: string }[];
  };
}

describe.skipIf(!hasDotnet)('a client of .NET', () => {
  it(
    'passes its own tests against the simulator: over WCF and over HttpClient',
    async (context) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'bgop-dotnet-client-'));
      try {
        const tests = await build(folder);
        if (tests === undefined) {
          context.skip('The .NET client was not run: its packages could not be fetched.');
          return;
        }
        const file = path.join(folder, 'ctrf.json');
        const env = { ...process.env, BGOP_SCRIPT: here('../../bin/bgop.js') };
        // It ends with another status than 0 where a test failed; the file says which.
        await run('dotnet', [tests, '-result-ctrf', file], { env, timeout: 4 * minutes }).catch(() => {});
        const { results } = JSON.parse(await readFile(file, 'utf8')) as Ctrf;
        expect(results.tests.filter(({ status }) => status !== 'passed')).toEqual([]);
        const names = results.tests.map(({ name }) => name).join('\n');
        for (const each of ['callback', 'Outputs', 'canceled', 'failure', 'Queries', 'Plain_values']) {
          expect(names).toContain(each);
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    13 * minutes,
  );
});
