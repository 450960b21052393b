import { fileURLToPath } from 'node:url';
import { requestOf, requestsPerSecond } from './load.ts';
import { atMost, type Line } from './measure.ts';
import { serve } from './process.ts';

const simulatorServer = fileURLToPath(new URL('simulator-server.ts', import.meta.url));
const few = 2_000;

/**
 * A server on which very many operations fall due in one millisecond: how long a health request takes
 * meanwhile, and what an operation costs compared with one of a few.
 */
export async function due(many: number): Promise<Line[]> {
  const server = await serve(simulatorServer);
  try {
    await advanceOver(server.port, few);
    const small = await advanceOver(server.port, few);
    const times: number[] = [];
    let over = false;
    await submit(server.port, many);
    const asking = (async () => {
      while (!over) {
        const from = performance.now();
        const answer = await fetch(`http://127.0.0.1:${server.port}/simulator/health`);
        await answer.arrayBuffer();
        times.push(performance.now() - from);
      }
    })();
    const large = await advance(server.port, many);
    over = true;
    await asking;
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
    const ratio = large / small;
    return [
      atMost(`health p99 while ${many} fall due`, p99, 100, `${p99.toFixed(0)} ms of ${times.length}`, ' ms'),
      atMost(
        `an operation of ${many} due at once, of ${few}`,
        ratio,
        2,
        `× ${ratio.toFixed(2)} (${large.toFixed(0)} µs against ${small.toFixed(0)})`,
      ),
    ];
  } finally {
    await server.stop();
  }
}

async function advanceOver(port: number, count: number): Promise<number> {
  await submit(port, count);
  return advance(port, count);
}

async function submit(port: number, count: number): Promise<void> {
  const fields = ['Authorization: Bearer token-initiator', 'Prefer: respond-async'];
  const request = requestOf('POST', '/api/data/v9.2/sample_Echo', fields, '{}');
  await requestsPerSecond(port, { request, begins: 'HTTP/1.1 202' }, count);
}

/** Microseconds an operation. */
async function advance(port: number, count: number): Promise<number> {
  const from = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/simulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"milliseconds":1}',
  });
  if (answer.status !== 200) throw new Error(`The clock answered ${answer.status}.`);
  return ((performance.now() - from) * 1000) / count;
}
