// Targets whose answers are HTTP, and whose bodies or headers are a trap.
import { gzipSync } from 'node:zlib';
import { hostileTarget, monitorOnly, verify } from './target.mjs';

const json = ['Content-Type', 'application/json'];
/** Answers every read of a monitor like this, over the socket of the response as it is. */
const monitor =
  (headers, body, status = 200) =>
  (exchange) => {
    if (exchange.purpose !== 'monitor' || exchange.method !== 'GET') return undefined;
    const bytes = typeof body === 'function' ? body(exchange) : body;
    exchange.response.writeHead(status, headers.flat());
    exchange.response.end(bytes);
    return true;
  };
/** Nothing that reads the monitor holds, and whatever does not read it is not broken. */
const bad = { status: [1, 3], clauses: monitorOnly };
const broken = { ...bad, status: 1 };
const command = verify('monitor.json,submit.location');
/** JSON it is, so that it is the codes which are missing. */
const codeless = { status: 1, clauses: { 'monitor.codes': 'failed' } };
const codes = { command: verify('monitor.codes,submit.location') };
const body = (name, headers, bytes, expected = bad, options = {}) =>
  hostileTarget(name, monitor(headers, bytes), expected, { command, ...options });
const gzip = [json, ['Content-Encoding', 'gzip']];
const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
/** Made when it is asked for: it takes seconds. */
const bomb = () => (made ??= gzipSync(Buffer.alloc(2 ** 26), { level: 1 }));
let made;
const utf16 = (text) => Buffer.from(`\ufeff${text}`, 'utf16le');
const own = ({ answer }) => answer.body ?? '';
const changed = (change) => (exchange) => JSON.stringify({ ...JSON.parse(own(exchange)), ...change });

export default [
  body('a gzip bomb of 64 MB', gzip, bomb, bad),
  body('gzip that is none', gzip, Buffer.from('no gzip at all'), bad),
  body('gzip that breaks off', gzip, ({ answer }) => gzipSync(answer.body ?? '').subarray(0, 30)),
  body('an encoding that nobody knows', [json, ['Content-Encoding', 'hostile, gzip, br']], own, {
    status: [0, 1, 3],
  }),
  body('JSON 100,000 deep', [json], deep, broken),
  body('arrays 5,000,000 deep', [json], '['.repeat(5_000_000), bad),
  body('NUL bytes', [json], Buffer.alloc(100_000), bad),
  body('a byte order mark', [json], (e) => `\ufeff${own(e)}`, { status: [0, 1] }),
  body('UTF-16', [['Content-Type', 'application/json; charset=utf-16']], (e) => utf16(own(e)), bad),
  body(
    'bytes that are no UTF-8',
    [json],
    Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    bad,
  ),
  body(
    'numbers that nobody can hold',
    [json],
    '{"backgroundOperationStateCode":1e400,"backgroundOperationStatusCode":-0.0000001e-999}',
    codeless,
    codes,
  ),
  body(
    'NaN, Infinity and comments',
    [json],
    '{"backgroundOperationStateCode":NaN, /* x */ "a":Infinity}',
    broken,
  ),
  body(
    'members that stand twice',
    [json],
    '{"backgroundOperationStateCode":0,"backgroundOperationStateCode":3,"backgroundOperationStatusCode":0,"backgroundOperationStatusCode":30}',
    { status: [0, 1, 3] },
  ),
  body(
    'members named __proto__, constructor and toString',
    [json],
    '{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},"toString":1,"hasOwnProperty":2}',
    codeless,
    codes,
  ),
  body(
    'a string, a number, null and an array in turn',
    [json],
    ({ nth }) => ['"x"', '4', 'null', '[[]]'][nth % 4],
    broken,
  ),
  body(
    '200,000 members',
    [json],
    (e) => {
      const more = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`m${at}`, at]));
      return changed(more)(e);
    },
    { status: [0, 1, 3] },
  ),
  body(
    'a monitor that alternates between two ends',
    [json],
    ({ nth }) =>
      JSON.stringify(
        nth % 2 === 0
          ? { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 }
          : { backgroundOperationStateCode: 0, backgroundOperationStatusCode: 0 },
      ),
    { status: [0, 1, 3] },
  ),
  body('a header of 12 KB', [json, ['X-Long', 'y'.repeat(12_000)]], own, { status: 0 }),
  body('a header of 1 MB', [json, ['X-Long', 'y'.repeat(2 ** 20)]], own),
  body(
    '3,000 cookies',
    [json, ...Array.from({ length: 3_000 }, (_, at) => ['Set-Cookie', `c${at}=v; Domain=.; Path=/`])],
    own,
    {
      status: [0, 1, 3],
    },
  ),
  body(
    'headers that contradict one another',
    [
      ['Content-Type', 'text/html'],
      ['Content-Type', 'application/json'],
      ['Location', 'a'],
      ['Location', 'b'],
      ['Preference-Applied', ''],
      ['Retry-After', '-1'],
      ['Retry-After', 'x'],
    ],
    own,
    { status: [0, 1, 3] },
  ),
];
