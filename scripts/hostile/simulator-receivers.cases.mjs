// Receivers of probe calls and callbacks that mean no good: none may hold the clock.
import { createServer } from 'node:net';

/** Runs a receiver, points an operation at it, advances the clock, and gives what became of the operation. */
async function attack(context, behave, { callback = false } = {}) {
  const { url } = await context.simulator();
  const sockets = new Set();
  const receiver = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => behave(socket));
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${receiver.address().port}/`;
  const call = (path, body, prefer) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer token-initiator',
        'content-type': 'application/json',
        ...(prefer ? { prefer } : {}),
      },
      body: JSON.stringify(body),
    });
  try {
    const accepted = callback
      ? await call('/api/data/v9.2/sample_Echo', {}, `respond-async,odata.callback;url="${target}"`)
      : await call('/api/data/v9.2/bgop_Probe', { ControlUrl: target }, 'respond-async');
    if (accepted.status !== 202) throw new Error(`not accepted: ${accepted.status} ${await accepted.text()}`);
    const advanced = call('/simulator/clock', { milliseconds: 1 });
    await context.check();
    const moved = await advanced;
    if (moved.status !== 200) throw new Error(`the advance answered ${moved.status}`);
    const monitor = new URL(accepted.headers.get('location'));
    const cancel = { method: 'DELETE', headers: { authorization: 'Bearer token-initiator' } };
    await fetch(`${url}${monitor.pathname}`, cancel);
  } finally {
    for (const socket of sockets) socket.destroy();
    receiver.close();
  }
}

const drip = (first, text, everyMs) => (socket) => {
  socket.write(first);
  const timer = setInterval(() => socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
};
const ok = 'HTTP/1.1 200 OK\r\n';

const quick = (name, behave, options) => ({
  name,
  deadlineMs: 15_000,
  run: (context) => attack(context, behave, options),
});
/** Those that are only ended by the limit: 30 s for the probe, 55 s for a delivery. */
const slow = (name, behave, options) => ({
  name,
  deadlineMs: 70_000,
  run: (context) => attack(context, behave, options),
});

export default [
  quick('a receiver that switches protocols', (s) =>
    s.write('HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  ),
  quick('1xx without end', (s) => s.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(10_000))),
  quick('headers without end', (s) => s.write(ok + `X: ${'y'.repeat(8000)}\r\n`.repeat(1000))),
  quick('a close in the middle of the body', (s) => s.end(`${ok}Content-Length: 100\r\n\r\nhalf`)),
  quick('a body of 100 MB', (s) => s.write(`${ok}\r\n${'x'.repeat(100 * 2 ** 20)}`)),
  quick('a redirect to itself', (s) => s.end('HTTP/1.1 307 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n')),
  quick('no HTTP at all', (s) => s.write('\x00\x01\x02\r\n\r\n')),
  quick(
    'a callback that switches protocols',
    (s) => s.write('HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    {
      callback: true,
    },
  ),
  {
    name: '"continue" with 0 ms for ever',
    deadlineMs: 60_000,
    run: (context) => {
      const body = '{"outcome":"continue","milliseconds":0}';
      return attack(context, (s) =>
        s.end(`${ok}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      );
    },
  },
  slow('a probe whose body drips', drip(`${ok}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n', 100)),
];
