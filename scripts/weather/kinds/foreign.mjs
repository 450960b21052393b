// Gateways that speak for the target in forms of their own, lose what they carry, or repeat themselves.
import { html, isOfTarget, json, onceIn, page, twice, undecided } from './acts.mjs';

const ofGateway = ['gateway'];
const sometimes = { may: undecided, blame: ofGateway };
const text = { 'Content-Type': 'text/plain' };
/** Header fields that say how a connection is used. */
const ofConnection = /^(connection|keep-alive|transfer-encoding|content-length|content-type|date)$/i;
const isMonitor = ({ request }) =>
  request.method === 'GET' && request.url.toLowerCase().startsWith('/api/backgroundoperation/');

/** The first read of each monitor, and no later one. */
const firstRead = (act) => async (moment) => {
  if (!isMonitor(moment) || moment.memory.has(moment.request.url)) return false;
  moment.memory.set(moment.request.url, true);
  act(moment);
  return true;
};

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  {
    name: '404-text',
    about: '404 as plain text to one request in 60',
    weather: onceIn(60, ({ answer }) => answer(404, text, 'no such route')),
    ...sometimes,
  },
  {
    name: '404-text-rarely',
    about: '404 as plain text to one request in 300',
    weather: onceIn(300, ({ answer }) => answer(404, text, 'no such route')),
    ...sometimes,
  },
  {
    name: 'clock-404-often',
    about: '404 as plain text to one request in 15 to the clock',
    weather: async (moment) =>
      !isOfTarget(moment) && onceIn(15, ({ answer }) => answer(404, text, 'no such route'))(moment),
    ...sometimes,
  },
  {
    name: '404-json-of-gateway',
    about: '404 in the form of an API gateway to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(404, json, '{"statusCode":404,"message":"Resource not found"}'),
    ),
    ...sometimes,
  },
  {
    name: '200-foreign-json',
    about: '200 with JSON of somebody else to one in 100',
    weather: onceIn(100, ({ answer }) => answer(200, json, '{"status":"ok"}')),
    ...sometimes,
  },
  {
    name: 'lost-headers',
    about: 'one answer in 300 loses the header fields of the platform',
    weather: onceIn(300, async ({ forward, relay }) => {
      const got = await forward();
      const headers = got.headers.flatMap((name, at) =>
        at % 2 === 0 && ofConnection.test(name) ? [name, got.headers[at + 1]] : [],
      );
      relay({ ...got, headers });
    }),
    ...sometimes,
  },
  {
    name: 'lost-prefer',
    about: 'one request in 300 loses its header Prefer',
    weather: onceIn(300, async ({ request, forward, relay }) => {
      const kept = request.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 && name.toLowerCase() !== 'prefer' ? [name, request.rawHeaders[at + 1]] : [],
      );
      request.rawHeaders.splice(0, request.rawHeaders.length, ...kept);
      relay(await forward());
    }),
    ...sometimes,
  },
  {
    name: 'first-read-500',
    about: 'the first read of each monitor is answered 500 as plain text',
    weather: firstRead(({ answer }) => answer(500, text, 'upstream connect error')),
    ...sometimes,
  },
  {
    name: 'first-read-302',
    about: 'the first read of each monitor is sent to a sign-in page',
    weather: firstRead(({ answer }) => answer(302, { Location: 'https://login.example/authorize?state=1' })),
    ...sometimes,
  },
  ...[200, 404, 502].map((status) => ({
    name: `listener-answered-${status}`,
    about: `a tunnel answers one delivery in 8 itself, ${status} with a page, and passes nothing on`,
    listener: onceIn(8, ({ answer }) => answer(status, html, page)),
    may: undecided,
    blame: ['listener', 'gateway'],
  })),
  {
    name: 'listener-doubled',
    about: 'one delivery in 6 reaches the listener twice',
    listener: onceIn(6, twice),
    may: undecided,
    blame: ['listener', 'gateway', 'network'],
  },
];
