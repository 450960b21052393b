// Networks that lose, cut, delay or repeat.
import { decided, isOfTarget, json, later, onceIn, onceMidway, taken, twice, undecided } from './acts.mjs';

const sometimes = { may: decided, blame: ['network'] };

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  {
    name: 'reset',
    about: 'the connection is reset before the target has seen the request, one in 100',
    weather: onceIn(100, ({ reset }) => reset()),
    ...sometimes,
    short: true,
  },
  {
    name: 'reset-taken',
    about: 'the connection is reset after the target has taken the request, one in 100',
    weather: taken(100, ({ reset }) => reset()),
    ...sometimes,
    short: true,
  },
  {
    name: 'keep-alive',
    about: 'idle connections are closed after a moment, without a word',
    proxy: { keepAliveTimeout: 15 },
    ...sometimes,
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
    ...sometimes,
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
    ...sometimes,
  },
  {
    name: 'slow',
    about: 'each answer comes 10 ms later, one in 100 two seconds later',
    weather: async (moment) => {
      await later(moment.random() < 1 / 100 ? 2_000 : 10)(moment);
      return true;
    },
    ...sometimes,
  },
  {
    name: 'silence',
    about: 'one request is never answered, and its connection stays open',
    weather: onceMidway(async () => true),
    ...sometimes,
  },
  {
    name: 'repeated',
    about: 'one request in 40 reaches the target twice, as with a gateway that repeats it by itself',
    weather: async (moment) => isOfTarget(moment) && onceIn(40, twice)(moment),
    may: undecided,
    blame: ['gateway', 'network'],
  },
  {
    name: 'repeated-reads',
    about: 'each GET reaches the target twice',
    weather: async (moment) => {
      if (moment.request.method !== 'GET' || !isOfTarget(moment)) return false;
      await twice(moment);
      return true;
    },
    may: decided,
    blame: [],
  },
];
