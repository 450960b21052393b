// Proves the pipelines of examples/ci: puts them, as they are, into a repository with the packed suite, and runs
// them step by step. Only the marked lines that name a port or a tenant are changed, as a user would.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAzure } from './workflows/azure.mjs';
import { runGithub } from './workflows/github.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const examples = path.join(root, 'examples/ci');
const scratch = await mkdtemp(path.join(tmpdir(), 'bgop-ci-'));
const env = {
  ...process.env,
  npm_config_cache: process.env.npm_config_cache ?? '',
  npm_config_prefer_offline: 'true',
};
if (env.npm_config_cache === '') delete env.npm_config_cache;
const git = (cwd, ...args) =>
  execFileSync(
    'git',
    ['-c', 'user.name=ci', '-c', 'user.email=ci@localhost', '-c', 'init.defaultBranch=main', ...args],
    { cwd, stdio: ['ignore', 'pipe', 2], encoding: 'utf8' },
  );

function check(holds, what) {
  if (!holds) throw new Error(what);
  console.log(`ok: ${what}`);
}

const example = async (name, port) =>
  (await readFile(path.join(examples, name), 'utf8')).replaceAll('8080', String(port));

/** The configuration of the examples with few cases for each property: it is the pipelines that are tried. */
async function configuration(port) {
  const config = JSON.parse(await example('bgop.config.json', port));
  return JSON.stringify({ ...config, properties: { ...config.properties, runs: 2 } });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Every action of every workflow is pinned by its commit, and one action by the same everywhere. */
async function checkPins() {
  const pins = new Map();
  for (const folder of [examples, path.join(root, '.github/workflows')])
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.yml')))
      for (const [, action, at] of (await readFile(path.join(folder, name), 'utf8')).matchAll(
        /uses: ([^@\s]+)@(.*)/g,
      )) {
        if (!/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(at))
          throw new Error(`${name}: ${action}@${at} is not pinned by its commit`);
        if ((pins.get(action) ?? at) !== at)
          throw new Error(`${name}: ${action} is pinned at two places differently`);
        pins.set(action, at);
      }
  check(pins.size >= 5, `${pins.size} actions are pinned by their commit, alike everywhere`);
}

/** A repository as a user has it: the suite's tarball in vendor/, a configuration, and a branch for the history. */
async function repository(port) {
  const work = path.join(scratch, 'work');
  const vendor = path.join(work, 'vendor');
  await mkdir(vendor, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', vendor], {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
  });
  await writeFile(path.join(work, 'bgop.config.json'), await configuration(port));
  await mkdir(path.join(work, 'tenants'));
  // A tenant is out of reach here: the simulator takes its place.
  await writeFile(path.join(work, 'tenants/contoso-dev.json'), await configuration(port));
  git(work, 'init', '-q');
  git(work, 'add', '-A');
  git(work, 'commit', '-qm', 'a repository');
  git(work, 'checkout', '-q', '--orphan', 'conformance');
  git(work, 'rm', '-rqf', '--cached', '.');
  git(work, 'commit', '-qm', 'history', '--allow-empty');
  git(work, 'checkout', '-qf', 'main');
  const remote = path.join(scratch, 'remote.git');
  git(scratch, 'clone', '-q', '--bare', work, remote);
  return remote;
}

async function conformance(folder) {
  return JSON.parse(await readFile(path.join(folder, 'conformance.json'), 'utf8'));
}

async function tryGate(remote, port) {
  const { results, artifacts, summary } = await runGithub(await example('github-gate.yml', port), {
    remote,
    scratch: path.join(scratch, 'gate'),
    env,
  });
  check(results.shard === 'success' && results.report === 'success', 'the GitHub gate succeeds');
  const { run, summary: counts } = await conformance(path.join(artifacts, 'conformance-report'));
  check(
    run.incomplete === undefined && counts.failed === 0 && counts.passed > 100,
    `its merged report is whole: ${counts.passed} passed`,
  );
  check(
    summary.includes('onformant') || summary.includes('Nothing broken'),
    'the job summary has the verdict',
  );
}

async function tryNightly(remote, port) {
  const simulator = `npx --no bgop simulate --port ${port} --clock virtual & npx --no bgop verify`;
  const text = (await example('github-nightly.yml', port))
    .replace('[contoso-dev, contoso-test]', '[contoso-dev]')
    .replace('run: npx --no bgop verify', `run: ${simulator}`)
    .replace(' --slow', '');
  const { results } = await runGithub(text, {
    remote,
    scratch: path.join(scratch, 'nightly'),
    env,
    secrets: { BGOP_CLIENT_SECRET: 'not used here' },
  });
  check(results.verify === 'success' && results.history === 'success', 'the GitHub nightly run succeeds');
  const kept = git(remote, 'ls-tree', '-r', '--name-only', 'conformance');
  check(
    /results\/contoso-dev\/.*\.json/.test(kept) &&
      kept.includes('index.html') &&
      kept.includes('latest/contoso-dev/badge.json'),
    'its results are pushed to the history',
  );
}

async function tryAzure(remote, port) {
  const sources = path.join(scratch, 'azure-sources');
  git(scratch, 'clone', '-q', remote, sources);
  const { success, published } = await runAzure(await example('azure-pipelines.yml', port), {
    sources,
    scratch: path.join(scratch, 'azure'),
    env,
  });
  check(success, 'the Azure pipeline succeeds');
  const { summary: counts } = await conformance(path.join(published, 'conformance-report'));
  check(counts.failed === 0 && counts.passed > 100, `its report is published: ${counts.passed} passed`);
}

try {
  await checkPins();
  const port = await freePort();
  const remote = await repository(port);
  for (const folder of ['gate', 'nightly', 'azure']) await mkdir(path.join(scratch, folder));
  await tryGate(remote, port);
  await tryNightly(remote, port);
  await tryAzure(remote, port);
} catch (error) {
  console.error(`failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
