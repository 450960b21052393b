// A container engine for tests: the one that is there, else a private one, which ends with them.
//
// The private one needs root on Linux, and dockerd or an apt-get that can install it. It has its own
// data, its own socket and nothing of the machine's engine; BGOP_ENGINE=off keeps it from being made.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const startMs = 30_000;
const stopMs = 20_000;

/**
 * Opens an engine: `environment` is what its clients need, `close` ends what was started. Where none
 * can be had, `reason` says why.
 */
export async function openEngine(say = console.error) {
  const nothing = { environment: {}, close: () => Promise.resolve() };
  if (process.env.BGOP_ENGINE === 'off') return { ...nothing, reason: 'BGOP_ENGINE is off' };
  if (await isReachable(process.env.DOCKER_HOST)) return nothing;
  if (process.platform !== 'linux' || process.getuid() !== 0) {
    return { ...nothing, reason: 'no engine can be reached, and only root on Linux can start one' };
  }
  try {
    await install(say);
    // Some machines start the engine as soon as it is installed.
    return (await isReachable(undefined)) ? nothing : await startPrivate(say);
  } catch (error) {
    return { ...nothing, reason: error.message.trim() };
  }
}

/** Whether an engine answers at a socket (`unix:///…`), by default at the machine's. */
async function isReachable(host = 'unix:///var/run/docker.sock') {
  const where = host.startsWith('unix://')
    ? { socketPath: host.slice('unix://'.length) }
    : { host: new URL(host).hostname, port: new URL(host).port };
  return new Promise((resolve) => {
    const request = get({ ...where, path: '/_ping', timeout: 3_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}

function programOf(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

async function install(say) {
  if (programOf('dockerd') !== undefined && programOf('iptables') !== undefined) return;
  if (programOf('apt-get') === undefined) throw new Error('no dockerd, and no apt-get to install it');
  say('engine: installing docker.io and iptables');
  const options = { timeout: 240_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const packages = ['install', '-y', '--no-install-recommends', 'docker.io', 'iptables'];
  // The lists of packages may be there already, and new enough.
  await run('apt-get', packages, options)
    .catch(() => run('apt-get', ['update'], options).then(() => run('apt-get', packages, options)))
    .catch((error) => {
      throw new Error(`apt-get could not install docker.io: ${lastLines(error.stderr ?? error.message)}`);
    });
}

async function startPrivate(say) {
  const folder = await mkdtemp(join(tmpdir(), 'bgop-engine-'));
  const socket = join(folder, 'docker.sock');
  const log = join(folder, 'dockerd.log');
  const output = await open(log, 'w');
  const daemon = spawn(
    programOf('dockerd'),
    [
      ['--data-root', join(folder, 'data')],
      ['--exec-root', join(folder, 'exec')],
      ['--pidfile', join(folder, 'dockerd.pid')],
      ['--host', `unix://${socket}`],
    ].flat(),
    { stdio: ['ignore', output.fd, output.fd] },
  );
  await output.close();
  const ended = new Promise((resolve) => {
    daemon.once('error', resolve);
    daemon.once('close', resolve);
  });
  const close = async () => {
    daemon.kill('SIGTERM');
    const late = setTimeout(() => daemon.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true }).catch((error) =>
      say(`engine: ${folder} could not be removed: ${error.message}`),
    );
  };
  const host = `unix://${socket}`;
  const deadline = Date.now() + startMs;
  while (!(await isReachable(host))) {
    const gone = await Promise.race([ended.then(() => true), pause(100, false)]);
    if (!gone && Date.now() < deadline) continue;
    const told = lastLines(await readFile(log, 'utf8'));
    await close();
    throw new Error(`dockerd ${gone ? 'ended' : `was not ready within ${startMs / 1000} s`}: ${told}`);
  }
  say(`engine: dockerd ${daemon.pid} at ${host}`);
  return { environment: { DOCKER_HOST: host }, close };
}

function lastLines(text) {
  return text.trim().split('\n').slice(-3).join(' · ');
}
