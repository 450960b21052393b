// The kinds of weather between the suite and a target. Each says what it does with one request: true
// where it has dealt with it. `may` is what the suite may end with before a conformant target.
const page = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Bad gateway</h1></body></html>';
const html = { 'Content-Type': 'text/html; charset=utf-8' };
const json = { 'Content-Type': 'application/json' };

/** One request in so many, at random but the same in each run. */
const onceIn = (many, act) => async (moment) => {
  if (moment.random() >= 1 / many) return false;
  await act(moment);
  return true;
};

/** As above, for requests that were taken to the target all the same. */
const taken = (many, act) =>
  onceIn(many, async (moment) => {
    await moment.forward();
    act(moment);
  });

const decided = [0];
const undecided = [0, 3];

/** @type {readonly { name: string, about: string, weather: (moment: import('./proxy.mjs').Moment) => Promise<boolean>, may: readonly number[], deadlineS: number, short?: true, proxy?: object }[]} */
export const kinds = [
  {
    name: 'clear',
    about: 'nothing is spoiled',
    weather: async () => false,
    may: decided,
    deadlineS: 60,
    short: true,
  },
  {
    name: '502-page',
    about: '502 with a page to one request in 100, not taken to the target',
    weather: onceIn(100, ({ answer }) => answer(502, html, page)),
    may: decided,
    deadlineS: 90,
    short: true,
  },
  {
    name: '502-taken',
    about: '502 with a page to one in 100, after the target has taken it',
    weather: taken(100, ({ answer }) => answer(502, html, page)),
    may: decided,
    deadlineS: 90,
    short: true,
  },
  {
    name: '503-page',
    about: '503 with a page, without Retry-After, to one in 100',
    weather: onceIn(100, ({ answer }) => answer(503, html, page)),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '503-retry-after',
    about: '503 with Retry-After: 1 to one in 250',
    weather: onceIn(250, ({ answer }) => answer(503, { ...html, 'Retry-After': '1' }, page)),
    may: decided,
    deadlineS: 120,
  },
  {
    name: '504-taken',
    about: '504, empty, to one in 100, after the target has taken it',
    weather: taken(100, ({ answer }) => answer(504)),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '500-plain',
    about: '500 as plain text to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(500, { 'Content-Type': 'text/plain' }, 'upstream connect error'),
    ),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '500-empty',
    about: '500 without a body to one in 100',
    weather: onceIn(100, ({ answer }) => answer(500)),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '500-json-of-gateway',
    about: '500 in the form of an API gateway to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(500, json, '{"statusCode":500,"message":"Internal server error","activityId":"1"}'),
    ),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '200-page',
    about: '200 with a sign-in page to one in 100',
    weather: onceIn(100, ({ answer }) => answer(200, html, page)),
    may: decided,
    deadlineS: 90,
  },
  {
    name: '403-page',
    about: '403 with the page of a firewall to one in 100',
    weather: onceIn(100, ({ answer }) => answer(403, html, page)),
    may: decided,
    deadlineS: 90,
  },
  {
    name: 'sign-in-redirect',
    about: '302 to a sign-in page to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(302, { Location: 'https://login.example/authorize?state=1' }),
    ),
    may: decided,
    deadlineS: 90,
  },
  {
    name: 'reset',
    about: 'the connection is reset before the target has seen the request, one in 100',
    weather: onceIn(100, ({ reset }) => reset()),
    may: decided,
    deadlineS: 90,
    short: true,
  },
  {
    name: 'reset-taken',
    about: 'the connection is reset after the target has taken the request, one in 100',
    weather: taken(100, ({ reset }) => reset()),
    may: decided,
    deadlineS: 90,
    short: true,
  },
  {
    name: 'keep-alive',
    about: 'idle connections are closed after a moment, without a word',
    weather: async () => false,
    proxy: { keepAliveTimeout: 15 },
    may: decided,
    deadlineS: 90,
  },
  {
    name: 'truncated',
    about: 'the answer ends in the middle of its body, one in 60',
    weather: onceIn(60, async ({ forward, response }) => {
      const { status, body } = await forward();
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Content-Length': String(body.length + 10),
      });
      response.write(body.subarray(0, Math.floor(body.length / 2)));
      setTimeout(() => response.socket?.destroy(), 5);
    }),
    may: decided,
    deadlineS: 90,
  },
  {
    name: 'cut-json',
    about: 'half of the body, with the right length of the half, to one GET in 60',
    weather: async (moment) => {
      if (moment.request.method !== 'GET' || moment.random() >= 1 / 60) return false;
      const got = await moment.forward();
      if (got.status !== 200) return (moment.relay(got), true);
      moment.answer(200, json, got.body.subarray(0, Math.floor(got.body.length / 2)).toString());
      return true;
    },
    may: decided,
    deadlineS: 90,
  },
  {
    name: 'outage',
    about: 'everything is answered by 502 for four seconds, after the 150th request',
    weather: async ({ number, memory, answer }) => {
      if (number < 150) return false;
      if (!memory.has('since')) memory.set('since', Date.now());
      if (Date.now() - memory.get('since') > 4_000) return false;
      answer(502, html, page);
      return true;
    },
    may: decided,
    deadlineS: 120,
  },
  {
    name: 'storm',
    about: 'one in 6 is answered by 502 after the target has taken it',
    weather: taken(6, ({ answer }) => answer(502, html, page)),
    may: undecided,
    deadlineS: 300,
  },
  {
    name: 'gone',
    about: 'after the 150th request nothing but 502 comes',
    weather: async ({ number, answer }) => {
      if (number < 150) return false;
      answer(502, html, page);
      return true;
    },
    may: [3],
    deadlineS: 240,
  },
  {
    name: '429',
    about: '429 with Retry-After: 1 to one in 250',
    weather: onceIn(250, ({ answer }) =>
      answer(
        429,
        { ...json, 'Retry-After': '1' },
        '{"error":{"code":"0x80072322","message":"Number of requests exceeded the limit."}}',
      ),
    ),
    may: decided,
    deadlineS: 120,
  },
];

/** Targets that get something wrong, with where to look for it: their own answers look like a gateway's too. */
export const deviations = [
  { name: 'monitor.ok-error-status', only: 'monitor.ok' },
  { name: 'access.anonymous-sign-in', only: 'access.anonymous' },
  { name: 'cancel.twice-error', only: 'cancel.twice' },
  { name: 'unknown.malformed-crashes', only: 'unknown' },
  { name: 'submit.synchronous-not-retried-generic-error', only: 'submit.synchronous-not-retried' },
  { name: 'callback.once-twice', only: 'callback.once' },
];

/** What is run against a conformant target, so that one case takes seconds. */
export const only = [
  'submit.accepted',
  'submit.location',
  'monitor.ok',
  'monitor.codes',
  'cancel',
  'access',
  'table.filter',
  'retry.backoff',
  'callback.once',
];
