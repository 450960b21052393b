// Runs the npm clients of Dataverse against the simulator as it is started by anybody, over http and https. Each one
// is installed in a folder of its own, in the exact version that its package.json names, so that none becomes a
// dependency: node scripts/clients/run.mjs [names…]. With --write, docs/serves.md gets the table of what was seen.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { samples } from './samples.mjs';
import { readTable, tableOf, writeTable } from './table.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('./', import.meta.url));
const page = fileURLToPath(new URL('../../docs/serves.md', import.meta.url));
const help = `Usage: npm run test:clients -- [--write] [NAME…]

Installs npm clients of Dataverse in temporary folders and lets them call the simulator.
NAME     the folder of a client below scripts/clients/; default: all of them
--write  puts the table of what was seen into docs/serves.md (format it then: npm run format); all clients are wanted for it`;
const { wanted, write } = readArguments();
const place = await mkdtemp(join(tmpdir(), 'bgop-clients-'));
const token = 'token-initiator';
/** The user of `token-other`. */
const other = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02';
/** A name that clients take for a tenant's; it leads to this machine. */
const tenant = 'contoso.crm.dynamics.com';

/** What is asked for on the command line; ends the process where that is help, or nothing that there is. */
function readArguments() {
  const refuse = (why) => {
    console.error(`${why}\n\n${help}`);
    process.exit(2);
  };
  const options = { write: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } };
  let read;
  try {
    read = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return refuse(error.message);
  }
  const { values, positionals: wanted } = read;
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const unknown = wanted.find((name) => !existsSync(join(here, name, 'calls.mjs')));
  if (unknown !== undefined) refuse(`There is no client '${unknown}'.`);
  if (values.write && wanted.length > 0) refuse('--write is for all clients: leave out the names.');
  return { wanted, write: values.write };
}

async function startSimulator() {
  const bgop = fileURLToPath(new URL('../../bin/bgop.js', import.meta.url));
  const tls = ['--tls-port', '0', '--self-signed', place, '--allow-host', tenant];
  const child = spawn(process.execPath, [bgop, 'simulate', '--port', '0', ...tls], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, scheme, port] = /listening on (https?):\/\/[^:]+:(\d+)/.exec(line) ?? [];
    if (scheme !== undefined) found[scheme] = `${scheme}://127.0.0.1:${port}`;
    if (found.http !== undefined && found.https !== undefined) break;
  }
  child.stdout.resume();
  return { ...found, stop: () => child.kill() };
}

/** Installs a client in a folder of its own and lets it make its calls. */
async function callsOf(name, simulator) {
  const folder = join(place, name);
  await cp(join(here, name), folder, { recursive: true });
  const npm = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  try {
    await run('npm', npm, { cwd: folder, timeout: 300_000 });
  } catch (error) {
    return {
      notInstalled: String(error.stderr ?? error)
        .trim()
        .split('\n')
        .slice(0, 3)
        .join(' '),
    };
  }
  const env = {
    ...process.env,
    SIMULATOR_HTTP: simulator.http,
    SIMULATOR_HTTPS: simulator.https,
    SIMULATOR_TENANT: tenant,
    SIMULATOR_TOKEN: token,
    SIMULATOR_OTHER: other,
    NODE_EXTRA_CA_CERTS: join(place, 'simulator.crt'),
  };
  try {
    const { stdout } = await run(process.execPath, ['calls.mjs'], {
      cwd: folder,
      env,
      timeout: 120_000,
      maxBuffer: 1 << 26,
    });
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch (error) {
    return {
      calls: [{ what: 'all calls', outcome: 'failed', why: String(error.stderr || error).slice(-600) }],
    };
  }
}

const clients = (await readdir(here, { withFileTypes: true }))
  .filter((each) => each.isDirectory() && (wanted.length === 0 || wanted.includes(each.name)))
  .map(({ name }) => name);
const simulator = await startSimulator();
const seen = [];
let failed = 0;
try {
  for (const file of ['harness.mjs', 'webapi-calls.mjs']) await cp(join(here, file), join(place, file));
  await samples(simulator.http, token);
  for (const name of clients) {
    const { dependencies } = JSON.parse(await readFile(join(here, name, 'package.json'), 'utf8'));
    const [[client, version]] = Object.entries(dependencies);
    const { calls = [], notInstalled } = await callsOf(name, simulator);
    seen.push({ client, version, calls, notInstalled });
    if (notInstalled !== undefined) console.log(`not installed: ${client} ${version}: ${notInstalled}`);
    for (const { what, outcome, why } of calls) {
      if (outcome === 'failed') failed += 1;
      console.log(`${outcome}: ${client}: ${what}${why === undefined ? '' : `\n    ${why}`}`);
    }
  }
} finally {
  simulator.stop();
  await rm(place, { recursive: true, force: true });
}
const count = (outcome) =>
  seen.flatMap(({ calls }) => calls).filter((each) => each.outcome === outcome).length;
console.log(
  `clients: ${count('answered')} calls answered, ${count('refused')} refused as documented, ${failed} failed`,
);
if (wanted.length === 0) {
  const table = tableOf(seen);
  if (write) await writeTable(page, table);
  else if (failed === 0 && (await readTable(page)) !== table) {
    console.log('docs/serves.md shows another run: node scripts/clients/run.mjs --write');
    failed += 1;
  }
}
process.exit(failed === 0 ? 0 : 1);
