// Attacks on the suite's listener: alone in a process, or in the middle of a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bgop } from './bgop.mjs';
import { configFor, judge, startTarget, token, verify } from './target.mjs';

const program = fileURLToPath(new URL('./listener-process.mjs', import.meta.url));
/** What a listener may take of memory at most while it is attacked, in MB. */
const mostMb = 600;

/** A connection of another machine: a loopback address of its own. */
export function strangerTo(port, talk, address = '127.0.0.9') {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: address });
    let text = '';
    socket.on('data', (chunk) => (text = (text + chunk.toString('latin1')).slice(0, 100_000)));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.once('connect', () => talk(socket));
    setTimeout(() => socket.destroy(), 20_000).unref();
  });
}

/** Sends as much as is taken, up to so many bytes. */
export function pump(socket, chunk, most) {
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && sent < most) {
      sent += chunk.length;
      if (!socket.write(chunk)) return void socket.once('drain', more);
    }
  };
  more();
}

async function startListener() {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-1_000)));
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the listener ended: ${errors}`);
    return JSON.parse(value);
  };
  const started = await next();
  return {
    ...started,
    async state() {
      child.stdin.write('\n');
      return next();
    },
    async stop() {
      if (child.exitCode !== null) throw new Error(`the listener ended: ${errors}`);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The callback of a target that behaves: answered 200, and how long it took. */
function callback({ port, path }) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const sent = request({ port, path, method: 'POST', agent: false, timeout: 10_000 }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode, ms: performance.now() - from }));
    });
    sent.once('error', reject);
    sent.once('timeout', () => sent.destroy(new Error('no answer to a good callback within 10 s')));
    sent.end('{"backgroundOperationId":"1"}');
  });
}

/**
 * A case: strangers attack a listener that stands alone, while a target sends good callbacks. Each of those is
 * answered, and memory stays bounded.
 */
export function alone(name, attack, { short = false, beside = true, deadlineMs = 60_000 } = {}) {
  return {
    name,
    short,
    beside,
    deadlineMs,
    async run() {
      const listener = await startListener();
      let over = false;
      let most = 0;
      const slowest = { ms: 0, count: 0 };
      const good = async () => {
        while (!over || slowest.count < 3) {
          const { status, ms } = await callback(listener);
          if (status !== 200) throw new Error(`a good callback was answered ${status}`);
          slowest.ms = Math.max(slowest.ms, ms);
          slowest.count += 1;
          most = Math.max(most, (await listener.state()).rss);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const attacked = Promise.resolve(attack(listener)).finally(() => (over = true));
      try {
        await Promise.all([attacked, good()]);
      } finally {
        over = true;
        await listener.stop();
      }
      const mb = Math.round(most / 2 ** 20);
      if (mb > mostMb) throw new Error(`${mb} MB of memory were taken, expected at most ${mostMb}`);
      return `${slowest.count} good callbacks, the slowest after ${slowest.ms.toFixed(0)} ms; ${mb} MB`;
    },
  };
}

/** A case: the same in the middle of a run, whose verdicts stay what they are. */
export function duringRun(name, attack, { short = false } = {}) {
  return {
    name,
    short,
    beside: true,
    deadlineMs: 160_000,
    async run() {
      const target = await startTarget(() => undefined);
      const port = await freePort();
      try {
        const ended = await bgop(verify('callback.post,callback.id'), {
          config: configFor(target.url, { listener: { port } }),
          environment: { BGOP_HOSTILE_TOKEN: token },
          secrets: [token],
          deadlineMs: 150_000,
          during: () => attacker(port, attack),
        });
        const clauses = { 'callback.post': 'passed', 'callback.id': 'passed' };
        return judge(ended, { status: 0, clauses }, target);
      } finally {
        await target.close();
      }
    },
  };
}

/** Attacks again and again, whether or not somebody listens yet. */
function attacker(port, attack) {
  let over = false;
  const attacking = (async () => {
    while (!over) {
      await attack({ port, path: '/bgop/' });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async stop() {
      over = true;
      await attacking;
    },
  };
}

function freePort() {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    }),
  );
}
