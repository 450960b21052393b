// Caches and gateways that rewrite what they carry, mostly in ways that they may.
import { decided, fromMidway, html, json, onceIn, page, undecided } from './acts.mjs';

const sometimes = { may: undecided, blame: ['gateway', 'network'] };
const isRead = ({ request }) => request.method === 'GET';

/** The answer before this one to the same address, as a cache gives it that was not told to forget. */
const stale = (many) => async (moment) => {
  if (!isRead(moment) || !moment.request.url.startsWith('/api/')) return false;
  const { memory, request, random } = moment;
  const before = memory.get(request.url);
  if (before !== undefined && random() < 1 / many) {
    moment.relay({ ...before, headers: [...before.headers, 'Age', '3', 'X-Cache', 'HIT'] });
    return true;
  }
  const got = await moment.forward();
  if (got.status === 200) memory.set(request.url, got);
  moment.relay(got);
  return true;
};

/** Rewritten as any proxy may: fields in other letters and others added, JSON written anew, a connection of its own. */
const rewritten = async (moment) => {
  const got = await moment.forward();
  const headers = got.headers.map((text, at) => (at % 2 === 0 ? text.toLowerCase() : text));
  const isJson = headers.some((text) => /^application\/json/.test(text)) && got.body.length > 0;
  const body = isJson ? Buffer.from(JSON.stringify(JSON.parse(got.body.toString()), null, 2)) : got.body;
  const added = [
    'via',
    '1.1 edge',
    'x-request-id',
    String(moment.number),
    'set-cookie',
    'edge=1; Path=/; HttpOnly',
  ];
  moment.response.shouldKeepAlive = false;
  moment.response.writeEarlyHints({ link: '</style.css>; rel=preload' });
  moment.relay({ ...got, headers: [...headers, ...added], body });
  return true;
};

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  {
    name: 'cache-stale',
    about: 'a cache answers one read in 40 with what the same address answered before',
    weather: stale(40),
    ...sometimes,
  },
  {
    name: 'cache-304',
    about: 'a cache answers 304 to one read in 60, which nobody asked for',
    weather: async (moment) => isRead(moment) && onceIn(60, ({ answer }) => answer(304))(moment),
    ...sometimes,
  },
  {
    name: '204-sometimes',
    about: '204 to one request in 100, not taken to the target',
    weather: onceIn(100, ({ answer }) => answer(204)),
    ...sometimes,
  },
  {
    name: '200-empty-writes',
    about: '200 with an empty object to one write in 60, after the target has taken it',
    weather: async (moment) =>
      !isRead(moment) &&
      onceIn(60, async ({ forward, answer }) => {
        await forward();
        answer(200, json, '{}');
      })(moment),
    ...sometimes,
  },
  {
    name: '429-page',
    about: '429 with a page and no Retry-After to one request in 250',
    weather: onceIn(250, ({ answer }) => answer(429, html, '<html><body>slow down</body></html>')),
    may: decided,
    blame: [],
  },
  {
    name: 'rewritten',
    about: 'each answer is written anew, as any proxy may do it',
    weather: rewritten,
    may: decided,
    blame: [],
  },
  {
    name: 'no-challenge',
    about: 'a gateway takes WWW-Authenticate from each answer, and adds Via',
    weather: async (moment) => {
      const got = await moment.forward();
      const headers = got.headers.flatMap((name, at) =>
        at % 2 === 0 && name.toLowerCase() !== 'www-authenticate' ? [name, got.headers[at + 1]] : [],
      );
      moment.relay({ ...got, headers: [...headers, 'Via', '1.1 edge'] });
      return true;
    },
    may: decided,
    blame: ['gateway'],
  },
  {
    name: '204-as-200',
    about: 'one 204 in 6 becomes 200 with a length of 0',
    weather: async (moment) => {
      const got = await moment.forward();
      const changed = got.status === 204 && moment.random() < 1 / 6;
      moment.relay(changed ? { ...got, status: 200 } : got);
      return true;
    },
    ...sometimes,
  },
  {
    name: 'huge-retry-after',
    about: 'one request in 250 is told to come back tomorrow, by a page with 429 or 503',
    weather: onceIn(250, ({ answer, random }) =>
      answer(random() < 0.5 ? 429 : 503, { ...html, 'Retry-After': '86400' }, page),
    ),
    may: decided,
    blame: ['gateway'],
  },
  {
    name: 'huge-retry-after-always',
    about: 'from midway on everything is told to come back tomorrow, by a page with 503',
    weather: fromMidway(({ answer }) => answer(503, { ...html, 'Retry-After': '86400' }, page)),
    may: [3],
    blame: ['gateway'],
    noticed: true,
  },
  {
    name: 'listener-rewritten',
    about: 'a tunnel to the listener adds fields of its own and sends bodies in chunks',
    listener: async (moment) => {
      moment.request.rawHeaders.push(
        'X-Forwarded-For',
        '203.0.113.7',
        'X-Forwarded-Proto',
        'https',
        'Via',
        '1.1 tunnel',
      );
      moment.relay(await moment.forward());
      return true;
    },
    may: decided,
    blame: [],
  },
];
