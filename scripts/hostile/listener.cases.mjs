// Hostile callers of the suite's listener, which may stand behind a public address.
import { alone, duringRun, pump, strangerTo } from './listener.mjs';

const head = (path, ...fields) => `${[`POST ${path} HTTP/1.1`, 'Host: x', ...fields].join('\r\n')}\r\n\r\n`;
const whole = (path, body, ...fields) =>
  head(path, `Content-Length: ${Buffer.byteLength(body)}`, ...fields) + body;
const guess = '/bgop/0123456789abcdef0123456789abcdef';
const many = (count, make) => Promise.all(Array.from({ length: count }, (_, at) => make(at)));
/** Begins one after the other, so that this process hears meanwhile what comes. */
async function inTurn(count, make) {
  const begun = [];
  for (let at = 0; at < count; at += 1) {
    begun.push(make(at));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(begun);
}
/** Says something, and closes after a while. */
const say = (port, text, ms = 2_000) =>
  strangerTo(port, (socket) => {
    socket.write(text, 'latin1');
    setTimeout(() => socket.destroy(), ms);
  });
const deep = '['.repeat(200_000) + ']'.repeat(200_000);
/** A caller that knows the path, as a target does, or whoever read its log. */
const known = (name, body, options) =>
  alone(
    name,
    ({ port, path }) => many(20, () => say(port, whole(path, body, 'Content-Type: application/json'))),
    options,
  );

export default [
  alone('slowloris: 300 heads that are never ended', ({ port }) =>
    many(300, () =>
      strangerTo(port, (socket) => {
        socket.write('POST /bgop/x HTTP/1.1\r\nHost: x\r\n');
        const timer = setInterval(() => socket.write('X: y\r\n'), 500);
        socket.once('close', () => clearInterval(timer));
        setTimeout(() => socket.destroy(), 8_000);
      }),
    ),
  ),
  alone(
    '10,000 connections that say nothing',
    ({ port }) =>
      inTurn(10_000, () => strangerTo(port, (socket) => setTimeout(() => socket.destroy(), 4_000))),
    { beside: false, deadlineMs: 180_000 },
  ),
  alone(
    '10,000 connections that close at once',
    ({ port }) => inTurn(10_000, () => strangerTo(port, (socket) => socket.destroy())),
    { beside: false, deadlineMs: 180_000 },
  ),
  alone(
    'bodies of 1 GB at a path that nobody opened',
    ({ port }) =>
      many(4, () =>
        strangerTo(port, (socket) => {
          socket.write(head(guess, `Content-Length: ${2 ** 30}`));
          pump(socket, Buffer.alloc(2 ** 20), 2 ** 30);
        }),
      ),
    { short: true },
  ),
  alone('bodies of 1 GB at the open path', ({ port, path }) =>
    many(4, () =>
      strangerTo(port, (socket) => {
        socket.write(head(path, `Content-Length: ${2 ** 30}`));
        pump(socket, Buffer.alloc(2 ** 20), 2 ** 30);
      }),
    ),
  ),
  alone('chunks without end at the open path', ({ port, path }) =>
    many(4, () =>
      strangerTo(port, (socket) => {
        socket.write(head(path, 'Transfer-Encoding: chunked'));
        pump(socket, Buffer.from(`100000\r\n${'x'.repeat(2 ** 20)}\r\n`), 2 ** 30);
      }),
    ),
  ),
  alone('24 bodies of 19 MB at the open path', async ({ port, path }) => {
    const body = Buffer.alloc(19_000_000, 'x');
    for (let round = 0; round < 6; round += 1)
      await many(4, () =>
        strangerTo(port, (socket) => {
          socket.write(head(path, `Content-Length: ${body.length}`, 'Connection: close'));
          socket.write(body);
        }),
      );
  }),
  alone(
    'garbage bytes',
    ({ port }) =>
      many(300, (at) =>
        say(
          port,
          Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 7 + at * 13) % 256)).toString('latin1'),
          500,
        ),
      ),
    { short: true },
  ),
  alone('TLS where there is none', ({ port }) =>
    many(100, () => say(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 500)),
  ),
  alone('pipelining: 5,000 requests in one write', ({ port }) =>
    many(4, () => say(port, whole(guess, '{}').repeat(5_000), 4_000)),
  ),
  alone('a flood of unknown paths', ({ port }) =>
    many(200, (at) => say(port, whole(`/${at}`, '{}').repeat(20), 1_500)),
  ),
  alone('guesses of a path', ({ port }) =>
    many(50, (at) =>
      say(
        port,
        Array.from({ length: 100 }, (_, i) =>
          whole(`/bgop/${(at * 100 + i).toString(16).padStart(32, '0')}`, '{}'),
        ).join(''),
        1_500,
      ),
    ),
  ),
  known('bodies of 256 KB of backslashes', '\\'.repeat(256 * 1024), { short: true }),
  known('bodies of 256 KB of quotes, percents and ampersands', `"%${'&#x'.repeat(80_000)}`),
  known('bodies that nearly are tokens', 'eyJ.'.repeat(64 * 1024)),
  known('deep JSON', deep, { short: true }),
  known('bodies that are no UTF-8', '\xff\xfe\xc3\x28'.repeat(50_000)),
  alone('"Expect: 100-continue", and then nothing', ({ port, path }) =>
    many(200, () => say(port, head(path, 'Content-Length: 100', 'Expect: 100-continue'), 3_000)),
  ),
  alone('bodies that break off, and clients that leave', ({ port, path }) =>
    many(300, () => say(port, whole(path, 'x'.repeat(1_000)).slice(0, -500), 100)),
  ),
  alone('two lengths, a length beside chunks, a header of 1 MB', ({ port, path }) =>
    Promise.all([
      say(port, head(path, 'Content-Length: 2', 'Content-Length: 3')),
      say(port, head(path, 'Content-Length: 2', 'Transfer-Encoding: chunked')),
      say(port, head(path, `X: ${'y'.repeat(2 ** 20)}`)),
      say(port, `POST ${path}${'/x'.repeat(500_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
    ]),
  ),
  alone('hop-by-hop tricks: upgrade, CONNECT, the preface of HTTP/2', ({ port, path }) =>
    Promise.all([
      say(port, head(path, 'Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 0')),
      say(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'),
      say(port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    ]),
  ),
  duringRun(
    'a run while strangers guess paths and send garbage',
    ({ port }) =>
      Promise.all([
        say(port, whole(guess, '{}').repeat(50), 300),
        say(port, '\x00\x01\x02\r\n\r\n', 300),
        say(port, whole('/bgop/events', deep), 300),
      ]),
    { short: true },
  ),
  duringRun('a run while strangers hold 300 connections', ({ port }) =>
    many(300, () =>
      strangerTo(port, (socket) => {
        socket.write('POST /bgop/x HTTP/1.1\r\n');
        setTimeout(() => socket.destroy(), 3_000);
      }),
    ),
  ),
  duringRun('a run while strangers send 28 KB of backslashes', ({ port }) =>
    many(5, () =>
      say(port, whole(guess, '\\'.repeat(14_000)) + whole('/bgop/events', '\\"'.repeat(14_000)), 300),
    ),
  ),
  duringRun('a run while strangers send bodies of 1 GB', ({ port }) =>
    many(2, () =>
      strangerTo(port, (socket) => {
        socket.write(head(guess, `Content-Length: ${2 ** 30}`));
        pump(socket, Buffer.alloc(2 ** 20), 2 ** 30);
        setTimeout(() => socket.destroy(), 2_000);
      }),
    ),
  ),
];
