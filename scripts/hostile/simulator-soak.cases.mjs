// A simulator that is used for long, well and badly at once: its memory stays flat after the first minute.
// What its objects take is what counts. V8 gives itself more room under load for the first three minutes or so,
// which the size of the process shows: that must be over by half time, and stay below twice the first minute's.
import { readFile } from 'node:fs/promises';
import { ask, head, withBody } from './raw.mjs';
import { startWatchedSimulator } from './simulator-process.mjs';

const authorization = 'Bearer token-initiator';
/** Clients that are at work at the same time, each with a pause after every round. */
const clients = 6;
const pauseMs = 20;
/** What the live heap may gain after the first minute, and the process in its second half: the part, and MB. */
const growth = 1.1;
const slackMb = 8;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rows = '/api/data/v9.2/backgroundoperations';

async function memoryOf(pid) {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
}

/** What a client does in one round: an operation from its submission to a look at its row, and something bad. */
async function round({ url, port }, count) {
  const call = (path, options) =>
    fetch(`${url}${path}`, { ...options, headers: { authorization, ...options?.headers } });
  const accepted = await call('/api/data/v9.2/sample_Echo', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      prefer: `respond-async,odata.callback;url="http://127.0.0.1:9/${count}"`,
    },
    body: JSON.stringify({ StringValue: 'x'.repeat(count % 2_000) }),
  });
  await accepted.arrayBuffer();
  if (accepted.status !== 202) throw new Error(`a submission was answered ${accepted.status}`);
  const monitor = new URL(accepted.headers.get('location')).pathname;
  const read = await call(monitor);
  await read.arrayBuffer();
  if (count % 3 === 0) await (await call(monitor, { method: 'DELETE' })).arrayBuffer();
  const page = await call(`${rows}?$filter=contains(name,'x') or statuscode eq 1&$top=5`);
  await page.arrayBuffer();
  if (page.status >= 500) throw new Error(`a query was answered ${page.status}`);
  await ask(port, withBody('POST', '/api/data/v9.2/sample_Echo', '{"StringValue":').slice(0, -3), 50);
  await ask(port, head('GET', `${rows}?$filter=${'('.repeat(300)}`), 2_000);
}

export default [
  {
    name: 'ten minutes of good and bad use, memory flat after the first',
    long: true,
    deadlineMs: 900_000,
    async run({ minutes }) {
      const simulator = await startWatchedSimulator('--clock', 'virtual', '--callback-hosts', 'none');
      const until = performance.now() + minutes * 60_000;
      const from = performance.now();
      let count = 0;
      const spans = { first: 0, firstHalf: 0, secondHalf: 0, heapFirst: 0, heapLater: 0 };
      const most = (span, mb) => (spans[span] = Math.max(spans[span], mb));
      const client = async () => {
        while (performance.now() < until) {
          await round(simulator, (count += 1));
          await wait(pauseMs);
        }
      };
      const time = async () => {
        let turn = 0;
        while (performance.now() < until) {
          await wait(1_000);
          const moved = await fetch(`${simulator.url}/simulator/clock`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            // A tenth of its life a second: what was submitted is gone after eleven.
            body: JSON.stringify({ milliseconds: 9 * 86_400_000 }),
          });
          if (moved.status === 400) throw new Error(await moved.text());
          const mb = await memoryOf(simulator.pid);
          const passed = performance.now() - from;
          const inFirst = passed < Math.min(60_000, (minutes * 60_000) / 2);
          if (inFirst) most('first', mb);
          most(passed < (minutes * 60_000) / 2 ? 'firstHalf' : 'secondHalf', mb);
          const live = (turn += 1) % 10 === 0 ? await simulator.liveHeap() : undefined;
          if (live !== undefined) most(inFirst ? 'heapFirst' : 'heapLater', live);
        }
      };
      try {
        await Promise.all([time(), ...Array.from({ length: clients }, client)]);
        await simulator.check();
      } finally {
        await simulator.stop();
      }
      const told = Object.fromEntries(
        Object.entries(spans).map(([name, mb]) => [name, `${mb.toFixed(0)} MB`]),
      );
      const note = `${count} rounds in ${minutes} min; live objects ${told.heapFirst} at most in the first, ${told.heapLater} after it; the process ${told.first} in the first, ${told.firstHalf} in the first half, ${told.secondHalf} in the second`;
      const grew = (before, after) => after > before * growth + slackMb;
      if (spans.heapLater === 0) throw new Error(`${note}: the live heap was never told`);
      if (grew(spans.heapFirst, spans.heapLater)) throw new Error(`${note}: memory grows`);
      if (grew(spans.firstHalf, spans.secondHalf) || spans.secondHalf > 2 * spans.first)
        throw new Error(`${note}: the process grows`);
      return note;
    },
  },
];
