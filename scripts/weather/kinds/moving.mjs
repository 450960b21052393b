// A world that moves: restarts, neighbours, tokens and tunnels that end midway.
import { setTimeout as pause } from 'node:timers/promises';
import {
  decided,
  fromMidway,
  html,
  isOfTarget,
  json,
  onceIn,
  onceMidway,
  page,
  twice,
  undecided,
} from './acts.mjs';

const noTunnel =
  '<!DOCTYPE html><html><head><title>Tunnel not found</title></head><body>The tunnel abc.tunnel.example is not connected (ERR_3200).</body></html>';
const refusal = {
  status: 401,
  headers: { ...json, 'WWW-Authenticate': 'Bearer authorization_uri="https://login.example/"' },
  body: '{"error":{"code":"0x80048306","message":"The token has expired."}}',
};

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  {
    name: 'gone',
    noticed: true,
    about: 'midway, and from then on, nothing but 502 comes',
    weather: fromMidway(({ answer }) => answer(502, html, page)),
    may: [3],
    blame: ['gateway'],
  },
  {
    name: 'tunnel-gone',
    noticed: true,
    about: 'the tunnel to the target ends midway: its operator answers 404 with a page from then on',
    weather: fromMidway(({ answer }) => answer(404, html, noTunnel)),
    may: [3],
    blame: ['gateway'],
  },
  {
    name: 'restart-kept',
    noticed: true,
    about: 'the target restarts midway: connections are refused for two seconds, its state is kept',
    weather: onceMidway(async ({ closeFor }) => {
      closeFor(2_000);
      return true;
    }),
    may: decided,
    blame: ['network', 'restart'],
  },
  {
    name: 'restart-lost',
    noticed: true,
    about: 'the target restarts midway and has lost its state',
    weather: onceMidway(async ({ closeFor }, { restart }) => {
      closeFor(1_000);
      await restart();
      return true;
    }),
    may: decided,
    blame: ['network', 'restart'],
  },
  {
    name: 'restart-silently',
    noticed: true,
    about: 'the target has lost its state from one request to the next, without an interruption',
    weather: onceMidway(async (_moment, { restart }) => {
      await restart();
      return false;
    }),
    may: decided,
    blame: ['restart'],
  },
  {
    name: 'neighbour-run',
    noticed: true,
    about: 'another run of the suite is at work on the same virtual clock',
    beside: ({ verify }) => verify(['--only', 'cancel', '--only', 'callback.once', '--runs', '5']),
    may: undecided,
    blame: ['neighbour'],
  },
  {
    name: 'neighbour-by-hand',
    noticed: true,
    about: 'somebody moves the virtual clock by a minute, three times, a second apart',
    weather: onceMidway(async (_moment, { moveClock }) => {
      const move = async () => {
        for (const turn of [1, 2, 3]) {
          await moveClock(60_000);
          await pause(turn * 300);
        }
      };
      void move();
      return false;
    }),
    may: decided,
    blame: ['neighbour'],
  },
  {
    name: 'token-dies',
    about: 'midway the token expires: the target refuses it from then on',
    weather: async (moment, { midway }) => {
      if (moment.number < midway || !isOfTarget(moment)) return false;
      moment.answer(refusal.status, refusal.headers, refusal.body);
      return true;
    },
    may: [3],
    blame: ['sign-in'],
    noticed: true,
  },
  {
    name: '401-sometimes',
    about: 'a good token is refused with 401 now and then, one request in 60',
    weather: async (moment) =>
      isOfTarget(moment) &&
      moment.request.headers.authorization !== undefined &&
      onceIn(60, ({ answer }) => answer(refusal.status, refusal.headers, refusal.body))(moment),
    may: decided,
    blame: ['sign-in'],
  },
  {
    name: 'listener-tunnel-gone',
    noticed: true,
    about: 'the tunnel to the listener ends midway: its operator answers 404 with a page from then on',
    listener: fromMidway(({ answer }) => answer(404, html, noTunnel)),
    may: [3],
    blame: ['listener'],
  },
  {
    name: 'listener-refused',
    noticed: true,
    about: 'the tunnel to the listener is closed midway: connections are refused',
    listener: fromMidway(({ closeFor }) => closeFor(2_000_000)),
    may: [3],
    blame: ['listener'],
  },
  {
    name: 'listener-unreached',
    noticed: true,
    about: 'the target does not reach the listener any more, which the suite itself still reaches',
    outbound: (number, { midway }) => number < midway,
    may: [3],
    blame: ['listener'],
  },
  {
    name: 'listener-lossy',
    about: 'one delivery in 50 is lost on its way to the listener',
    listener: onceIn(50, ({ answer }) => answer(502, html, page)),
    may: undecided,
    blame: ['listener', 'gateway'],
  },
  {
    name: 'listener-often-lossy',
    about: 'one delivery in 15 is lost on its way to the listener',
    listener: onceIn(15, ({ answer }) => answer(502, html, page)),
    may: undecided,
    blame: ['listener', 'gateway'],
  },
  {
    name: 'listener-way-lossy',
    about:
      'one request in 15 of the target does not get out, while the suite itself always reaches the listener',
    outbound: (number) => Math.imul(number, 2_654_435_761) >>> 0 >= 2 ** 32 / 15,
    may: undecided,
    blame: ['listener', 'gateway'],
  },
  {
    name: 'listener-repeated',
    about: 'one delivery in 50 reaches the listener twice',
    listener: onceIn(50, twice),
    may: undecided,
    blame: ['listener', 'gateway', 'network'],
  },
  {
    name: 'listener-slow',
    about: 'each delivery takes 30 ms to the listener',
    listener: async (moment) => {
      await pause(30);
      moment.relay(await moment.forward());
      return true;
    },
    may: decided,
    blame: [],
  },
];
