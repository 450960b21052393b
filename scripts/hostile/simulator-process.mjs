// A simulator as a process of its own, as `bgop simulate` starts it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const liveHeap = new URL('./live-heap.mjs', import.meta.url).href;
const command = fileURLToPath(new URL('../../bin/bgop.js', import.meta.url));

/** Starts `bgop simulate` with these options; resolves when it listens. */
export function startSimulator(...options) {
  return start([], options);
}

/** Starts it so that {@link start}'s `liveHeap` can be asked. */
export function startWatchedSimulator(...options) {
  return start(['--import', liveHeap], options);
}

async function start(node, options) {
  const child = spawn(process.execPath, [...node, command, 'simulate', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(-2000);
  });
  const url = await listening(child, () => errors);
  const { port } = new URL(url);
  return {
    url,
    port: Number(port),
    pid: child.pid,
    /** What it wrote to standard error lately. */
    errors: () => errors,
    /** Throws if it has ended, does not answer, or told a fault of its own. */
    async check() {
      if (child.exitCode !== null) throw new Error(`the simulator ended with ${child.exitCode}: ${errors}`);
      const answer = await fetch(`${url}/simulator/health`, { signal: AbortSignal.timeout(5000) });
      if (answer.status !== 200) throw new Error(`its health request answered ${answer.status}`);
      if (errors.includes('fault of the simulator')) throw new Error(errors);
    },
    /** MB that its objects take after a collection of garbage; undefined before the first. */
    async liveHeap() {
      child.kill('SIGUSR2');
      await fetch(`${url}/simulator/health`);
      const [, mb] = [...errors.matchAll(/live heap ([\d.]+) MB/g)].at(-1) ?? [];
      return mb === undefined ? undefined : Number(mb);
    },
    signal: (name) => child.kill(name),
    ended: () => (child.exitCode === null ? once(child, 'exit') : Promise.resolve()),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function listening(child, errors) {
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const [, url] = /listening on (http\S+)/.exec(text) ?? [];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`the simulator did not start: ${text}${errors()}`);
}
