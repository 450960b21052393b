// Gateways that answer HTTP themselves, now and then or always.
import { decided, html, json, onceIn, page, taken, undecided } from './acts.mjs';

const ofGateway = ['gateway'];
const sometimes = { may: decided, blame: ofGateway };

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  { name: 'clear', about: 'nothing is spoiled', may: decided, blame: [], short: true },
  {
    name: '502-page',
    about: '502 with a page to one request in 100, not taken to the target',
    weather: onceIn(100, ({ answer }) => answer(502, html, page)),
    ...sometimes,
    short: true,
  },
  {
    name: '502-taken',
    about: '502 with a page to one in 100, after the target has taken it',
    weather: taken(100, ({ answer }) => answer(502, html, page)),
    ...sometimes,
    short: true,
  },
  {
    name: '503-page',
    about: '503 with a page, without Retry-After, to one in 100',
    weather: onceIn(100, ({ answer }) => answer(503, html, page)),
    ...sometimes,
  },
  {
    name: '503-retry-after',
    about: '503 with Retry-After: 1 to one in 250',
    weather: onceIn(250, ({ answer }) => answer(503, { ...html, 'Retry-After': '1' }, page)),
    ...sometimes,
  },
  {
    name: '504-taken',
    about: '504, empty, to one in 100, after the target has taken it',
    weather: taken(100, ({ answer }) => answer(504)),
    ...sometimes,
  },
  {
    name: '500-plain',
    about: '500 as plain text to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(500, { 'Content-Type': 'text/plain' }, 'upstream connect error'),
    ),
    ...sometimes,
  },
  {
    name: '500-empty',
    about: '500 without a body to one in 100',
    weather: onceIn(100, ({ answer }) => answer(500)),
    ...sometimes,
  },
  {
    name: '500-json-of-gateway',
    about: '500 in the form of an API gateway to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(500, json, '{"statusCode":500,"message":"Internal server error","activityId":"1"}'),
    ),
    ...sometimes,
  },
  {
    name: '200-page',
    about: '200 with a sign-in page to one in 100',
    weather: onceIn(100, ({ answer }) => answer(200, html, page)),
    ...sometimes,
  },
  {
    name: '403-page',
    about: '403 with the page of a firewall to one in 100',
    weather: onceIn(100, ({ answer }) => answer(403, html, page)),
    ...sometimes,
  },
  {
    name: 'sign-in-redirect',
    about: '302 to a sign-in page to one in 100',
    weather: onceIn(100, ({ answer }) =>
      answer(302, { Location: 'https://login.example/authorize?state=1' }),
    ),
    ...sometimes,
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
    blame: [],
  },
  {
    name: 'mixed',
    about: 'one in 240: 502, 503, 504, a plain 500, a sign-in page, a redirect, a reset, in turn',
    weather: onceIn(240, (moment) => {
      const { answer, reset, memory } = moment;
      const turn = (memory.get('turn') ?? 0) % mixture.length;
      memory.set('turn', turn + 1);
      return mixture[turn]({ answer, reset });
    }),
    may: decided,
    blame: ['gateway', 'network'],
  },
  {
    name: 'one-in-300',
    about: '502 with a page to one request in 300, after the target has taken it',
    weather: taken(300, ({ answer }) => answer(502, html, page)),
    ...sometimes,
  },
  {
    name: 'outage',
    about: 'everything is answered by 502 for four seconds, midway',
    weather: async ({ number, memory, answer }, { midway }) => {
      if (number < midway) return false;
      if (!memory.has('since')) memory.set('since', Date.now());
      if (Date.now() - memory.get('since') > 4_000) return false;
      answer(502, html, page);
      return true;
    },
    ...sometimes,
  },
  {
    name: 'storm',
    about: 'from the 60th request on one in 6 is answered by 502 after the target has taken it',
    weather: async (moment) =>
      moment.number >= 60 && taken(6, ({ answer }) => answer(502, html, page))(moment),
    may: undecided,
    blame: ofGateway,
  },
];

const mixture = [
  ({ answer }) => answer(502, html, page),
  ({ answer }) => answer(503, html, page),
  ({ answer }) => answer(504),
  ({ answer }) => answer(500, { 'Content-Type': 'text/plain' }, 'upstream connect error'),
  ({ answer }) => answer(200, html, page),
  ({ answer }) => answer(302, { Location: 'https://login.example/authorize' }),
  ({ reset }) => reset(),
];
