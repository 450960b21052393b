// Targets whose clock interface lies: it is named as such, or the run says why it could not begin.
import { hostileTarget, verify } from './target.mjs';

const answer = (now) => ({
  headers: [['Content-Type', 'application/json']],
  status: 200,
  body: JSON.stringify({ now }),
});
/** The clock tells this from its third answer on, so that the run begins. */
const telling =
  (tell) =>
  ({ purpose, nth, answer: own }) => {
    if (purpose !== 'clock' || nth < 3) return undefined;
    return tell(own, nth);
  };
const at = (ms) => new Date(ms).toISOString();
const command = verify('monitor.json,cancel.before-start-never-executes');
const clock = (name, tell, expected = { status: [1, 3] }, options = {}) =>
  hostileTarget(name, telling(tell), expected, { command, ...options });
const refusedAtFirst = (name, body) =>
  hostileTarget(
    name,
    ({ purpose }) => (purpose === 'clock' ? { ...answer(''), body } : undefined),
    { status: 3, says: /virtual clock does not tell the time/ },
    { command },
  );

export default [
  clock('a clock that runs back', (_, nth) => answer(at(1.7e12 - nth * 60_000)), {
    status: [1, 3],
    says: /clock/,
  }),
  clock('a clock that stands still', () => answer('2026-01-01T00:00:00.000Z'), {
    status: [1, 3],
    says: /clock/,
  }),
  clock('a clock in the year 275760', () => answer('+275760-09-13T00:00:00.000Z')),
  clock('a clock that tells what is no time', () => answer('yesterday')),
  clock('a clock that tells a number', () => answer(1.7e12)),
  clock('a clock that tells an object without end', () => ({
    ...answer(''),
    body: '{"now":{"now":'.repeat(50_000),
  })),
  clock('a clock that leaps by years', (_, nth) => answer(at(1.7e12 + nth * 1e11))),
  hostileTarget(
    'a clock that never answers to a move',
    ({ purpose, method }) => purpose === 'clock' && method === 'POST',
    { status: 3, says: /did not answer an advance by 1 ms/ },
    { command },
  ),
  {
    ...hostileTarget(
      'a clock that moves and does not answer any more, midway',
      ({ purpose, method, nth }) => purpose === 'clock' && method === 'POST' && nth > 12,
      { status: 3, says: /moved and did not answer, 3 times in a row/ },
      { command: verify('state,submit'), deadlineMs: 400_000 },
    ),
    long: true,
  },
  hostileTarget(
    'a clock that answers late',
    ({ purpose, response, answer: own }) => {
      if (purpose !== 'clock') return undefined;
      setTimeout(() => response.writeHead(own.status, own.headers.flat()).end(own.body), 400);
      return true;
    },
    { status: 0 },
    { command: verify('monitor.json') },
  ),
  hostileTarget(
    'a clock that refuses every move',
    ({ purpose, method }) =>
      purpose === 'clock' && method === 'POST'
        ? { status: 400, body: '{"error":{"message":"no"}}' }
        : undefined,
    { status: [1, 3] },
    { command },
  ),
  refusedAtFirst('NaN from the beginning', '{"now":NaN}'),
  refusedAtFirst('HTML from the beginning', '<html>'),
];
