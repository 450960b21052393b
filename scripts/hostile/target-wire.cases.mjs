// Targets that break HTTP itself, below it or at its edge.
import { hostileTarget, monitorOnly, verify } from './target.mjs';

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
/** Writes bytes of its own for every read of a monitor; the connection stays, unless `end` is said. */
const raw =
  (write, purpose = 'monitor') =>
  (exchange) => {
    if (exchange.purpose !== purpose || exchange.method !== 'GET') return undefined;
    write(exchange.socket, exchange);
    return true;
  };
/** Says the same again and again until the connection goes. */
const forEver =
  (text, everyMs, first = '') =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(text), everyMs);
    socket.once('close', () => clearInterval(timer));
  };
const pump = (head, chunk, most) => (socket) => {
  socket.write(head);
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && sent < most) {
      sent += chunk.length;
      if (!socket.write(chunk)) return socket.once('drain', more);
    }
    return socket.end();
  };
  more();
};
const mb = 2 ** 20;
/** Nothing that reads the monitor holds, and whatever does not read it is not broken. */
const unread = { status: [1, 3], clauses: monitorOnly };
const only = { command: verify('monitor.json,submit.location') };
/** The whole suite against it: what cannot be read must not cost hours, and what does not read it is decided. */
const whole = { command: ['verify', '--runs', '3', '--seed', '7'], deadlineMs: 600_000 };
const wholeRun = {
  status: 3,
  says: /gave no usable answer/,
  clauses: { ...monitorOnly, 'submit.location': 'passed', 'submit.accepted': 'passed' },
};
const wire = (name, write, expected = unread, options = {}) =>
  hostileTarget(name, raw(write), expected, { ...only, ...options });

export default [
  wire('a monitor that never answers', () => {}, { ...unread, says: /no answer/ }),
  wire('a head that drips', forEver('X: y\r\n', 300, ok)),
  wire('a body that drips', forEver('1\r\n \r\n', 300, `${ok}Transfer-Encoding: chunked\r\n\r\n`)),
  wire(
    'a body that drips, whatever is asked',
    forEver('1\r\n \r\n', 1_000, `${ok}Transfer-Encoding: chunked\r\n\r\n`),
    wholeRun,
    whole,
  ),
  wire(
    '103 for ever, whatever is asked',
    forEver('HTTP/1.1 103 Early Hints\r\nLink: </s>; rel=preload\r\n\r\n', 1_000),
    wholeRun,
    whole,
  ),
  wire('headers without end', pump(ok, `X: ${'y'.repeat(8_000)}\r\n`, 64 * mb)),
  wire('a body without end', pump(`${ok}\r\n`, 'x'.repeat(mb), 2_000 * mb)),
  wire('a body of 200 MB', pump(`${ok}Content-Length: ${200 * mb}\r\n\r\n`, ' '.repeat(mb), 200 * mb)),
  wire('1xx for ever', forEver('HTTP/1.1 102 Processing\r\n\r\n', 5)),
  wire('101 without being asked', (s) =>
    s.write('HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  ),
  wire('a Content-Length that is too long', (s) => s.end(`${ok}Content-Length: 5000\r\n\r\n{}`)),
  wire('a Content-Length that is too short', (s) => s.end(`${ok}Content-Length: 1\r\n\r\n{"a":1}`)),
  wire('two Content-Lengths that differ', (s) =>
    s.end(`${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `),
  ),
  wire('a Content-Length beside chunks', (s) =>
    s.end(`${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
  ),
  wire(
    'chunks that are none',
    (s) => s.end(`${ok}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`),
    unread,
    {
      short: true,
    },
  ),
  wire('a chunk of 2^63 bytes', (s) =>
    s.write(`${ok}Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}`),
  ),
  wire('no HTTP at all', (s) => s.end('\x00\x01SSH-2.0-OpenSSH\r\n\r\n')),
  wire('a status line of nonsense', (s) => s.end('HTTP/1.1 99999 \x1b[31mred\r\n\r\n')),
  // Each read got its own answer first; what follows belongs to no request, and may not be taken for the next one's.
  wire(
    'a response that was never asked for follows each answer',
    (s, { answer }) =>
      s.write(
        `${ok}Content-Length: ${Buffer.byteLength(answer.body ?? '')}\r\n\r\n${answer.body}${ok}Content-Length: 2\r\n\r\n{}`,
      ),
    { status: [0, 3], clauses: { 'monitor.json': ['passed', 'inconclusive'] } },
  ),
  wire(
    'a connection that is closed after each answer without saying so',
    (s, { answer }) =>
      s.end(`${ok}Content-Length: ${Buffer.byteLength(answer.body ?? '')}\r\n\r\n${answer.body}`),
    { status: 0 },
  ),
  wire('a reset before the answer', (s) => s.resetAndDestroy(), { ...unread, blame: 'network' }),
  wire('a reset in the head', (s) => s.write('HTTP/1.1 200 O', () => s.resetAndDestroy())),
  wire('a reset in the body', (s) =>
    s.write(`${ok}Content-Length: 100\r\n\r\n{"a"`, () => s.resetAndDestroy()),
  ),
  hostileTarget(
    'a reset of every second request, whatever it is',
    ({ count, socket }) => {
      if (count < 8 || count % 2 === 0) return undefined;
      socket.resetAndDestroy();
      return true;
    },
    { status: [0, 1, 3] },
  ),
  hostileTarget(
    'plain HTTP where TLS is expected',
    () => undefined,
    { status: 3, says: /TLS/ },
    {
      ...only,
      short: true,
      address: (url) => url.replace('http:', 'https:'),
    },
  ),
];
