// Targets that answer everything alike, and what doctor, cleanup and probe status make of such.
import { hostileTarget, verify } from './target.mjs';

const command = verify('submit.location,monitor.json');
const json = [['Content-Type', 'application/json']];
/** After so many good answers everything is answered alike; the clock goes on. */
const after =
  (good, status, body, headers = json) =>
  ({ count, purpose }) =>
    count > good && purpose !== 'clock' ? { status, headers, body } : undefined;
const all = (name, misbehave, expected, options = {}) =>
  hostileTarget(name, misbehave, expected, { command, ...options });
const retryAfter = (value) =>
  after(2, 429, '{"error":{"message":"slow down"}}', [...json, ['Retry-After', value]]);
const once =
  (value) =>
  ({ purpose, nth }) =>
    purpose === 'monitor' && nth % 2 === 1
      ? { status: 429, headers: [...json, ['Retry-After', value]], body: '{}' }
      : undefined;
const silentAfter =
  (good) =>
  ({ count }) =>
    count > good;
const onlySilent = (purpose) => (exchange) => exchange.purpose === purpose;
const deep = '['.repeat(100_000) + ']'.repeat(100_000);
/** The other commands end with their own statuses, and say something. */
const told = { status: [0, 1, 3], says: /\w/ };
const other = (args, name, misbehave, options = {}) =>
  hostileTarget(`${args.slice(0, 2).join(' ')}: ${name}`, misbehave, told, { command: args, ...options });

export default [
  all('200 {} to everything', after(0, 200, '{}'), { status: [1, 3] }, { short: true }),
  all('404 to everything', after(2, 404, ''), { status: [1, 3] }),
  all('500 to everything', after(2, 500, 'x'), { status: [1, 3] }),
  all('204 to everything', after(2, 204, undefined, []), { status: [1, 3] }),
  all('401 to everything', after(0, 401, '', [['WWW-Authenticate', 'Bearer']]), {
    status: 3,
    says: /refuses the token/,
  }),
  all(
    '502 to everything, as a gateway',
    after(2, 502, '<html>Bad Gateway</html>', [['Content-Type', 'text/html']]),
    { status: 3, says: /a gateway in front of the target/ },
  ),
  all('429 for ever, Retry-After 0', retryAfter('0'), { status: [1, 3] }),
  all('429 for ever, Retry-After -5', retryAfter('-5'), { status: [1, 3] }),
  all('429 for ever, Retry-After 1e9', retryAfter('1000000000'), { status: [1, 3] }),
  all('429 for ever, Retry-After in 9999', retryAfter('Fri, 31 Dec 9999 23:59:59 GMT'), { status: [1, 3] }),
  all('429 for ever, Retry-After of nonsense', retryAfter('soon, 5, -1; x'), { status: [1, 3] }),
  all('429 for every second read, Retry-After 0', once('0'), { status: 0 }),
  all('silence from the fifth request on', silentAfter(5), { status: 3 }),
  all('silence at once', silentAfter(0), { status: 3, says: /cannot be reached/ }, { short: true }),
  all(
    'silence while an event step is registered',
    onlySilent('registration'),
    { status: [1, 3] },
    {
      command: verify('monitor.json,event.each-completion'),
      target: { events: { kind: 'webhook-step' } },
    },
  ),
  all('deep JSON to everything', after(2, 200, deep), { status: [1, 3] }),
  other(['doctor'], 'silence', silentAfter(0)),
  other(['doctor'], 'deep JSON to everything', after(1, 200, deep), { short: true }),
  other(
    ['doctor'],
    'control characters to everything',
    after(1, 400, '{"error":{"message":"\\u001b[2J\\n::error::x"}}'),
  ),
  other(['cleanup', '--all'], 'deep JSON to everything', after(1, 200, deep)),
  other(
    ['cleanup', '--all'],
    'pages without end',
    ({ purpose, origin, url, count }) =>
      purpose === 'registration' || purpose === 'table'
        ? {
            status: 200,
            headers: json,
            body: JSON.stringify({
              value: [],
              '@odata.nextLink': `${origin}${url.split('&n=')[0]}&n=${count}`,
            }),
          }
        : undefined,
    { deadlineMs: 120_000 },
  ),
  other(['cleanup', '--all'], '500 to everything', after(1, 500, 'x')),
  other(['probe', 'status'], 'deep JSON to everything', after(0, 200, deep)),
  other(['probe', 'status'], 'silence', silentAfter(1)),
  other(
    ['probe', 'status'],
    'control characters in names',
    after(0, 200, '{"value":[{"uniquename":"\\u001b[31mx\\u202e","name":"\\n::error::x"}]}'),
  ),
];
