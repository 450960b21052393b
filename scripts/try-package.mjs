// Proves the package: packs it, installs the tarball in an empty folder whose path has a space, makes
// its own folder read-only, and runs it there, on the embedded simulator and over HTTP. Then a client's tests use it.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);
const place = await mkdtemp(join(tmpdir(), 'bgop package '));

function check(holds, what) {
  if (!holds) throw new Error(what);
  console.log(`ok: ${what}`);
}

async function bgop(...args) {
  const script = join(place, 'node_modules/background-operations-conformance/bin/bgop.js');
  try {
    const { stdout, stderr } = await run(process.execPath, [script, ...args], {
      cwd: place,
      maxBuffer: 1 << 26,
    });
    return { status: 0, text: stdout + stderr };
  } catch (error) {
    return { status: error.code, text: `${error.stdout}${error.stderr}` };
  }
}

async function summaryOf(directory) {
  const { summary } = JSON.parse(await readFile(join(place, directory, 'conformance.json'), 'utf8'));
  return JSON.stringify(summary);
}

async function simulator() {
  const script = join(place, 'node_modules/background-operations-conformance/bin/bgop.js');
  const config = join(place, 'target.json');
  const child = spawn(
    process.execPath,
    [script, 'simulate', '--clock', 'virtual', '--write-config', config],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('listening on') && resolve());
    child.once('exit', () => reject(new Error('the simulator ended')));
  });
  return { config, stop: () => child.kill('SIGTERM') };
}

/** Installs the package into the example of a client's tests, as its author would, and runs them. */
async function clientTests(tarball) {
  const cwd = join(place, 'client-vitest');
  await cp(join(root, 'examples/client-vitest'), cwd, { recursive: true });
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd });
  await run('npm', ['test'], { cwd });
}

try {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', place], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const packed = JSON.parse(stdout);
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  check(
    !files.some(({ path }) => /\.test\.|fixtures|\.fixture\./.test(path)),
    `${files.length} files packed, no tests among them`,
  );
  await writeFile(join(place, 'package.json'), '{"private":true}');
  await run(
    'npm',
    ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', join(place, filename)],
    { cwd: place },
  );
  await run('chmod', ['-R', 'a-w', join(place, 'node_modules/background-operations-conformance')]);
  const version = await bgop('--version');
  check(version.status === 0, 'the installed command starts');
  const embedded = await bgop('verify', '--seed', '1', '--report', 'embedded');
  check(
    embedded.status === 0,
    `verify on the embedded simulator ends with 0${embedded.status === 0 ? '' : `\n${embedded.text}`}`,
  );
  const { config, stop } = await simulator();
  const remote = await bgop('verify', '--seed', '1', '--config', config, '--report', 'remote');
  stop();
  check(remote.status === 0, `verify over HTTP ends with 0${remote.status === 0 ? '' : `\n${remote.text}`}`);
  await clientTests(join(place, filename));
  check(true, 'the tests of examples/client-vitest pass with it');
  check((await summaryOf('embedded')) === (await summaryOf('remote')), 'both give the same verdicts');
} catch (error) {
  console.error(`failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await run('chmod', ['-R', 'u+w', place]);
  await rm(place, { recursive: true, force: true });
}
