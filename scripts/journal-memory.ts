// Looks at whether memory stays flat over many requests with the journal at its bound.
//
//     node --expose-gc scripts/journal-memory.ts [requests]          1,000,000 unless told
//
// The requests store nothing: monitors, rows, unknown ids, a custom API that answers at once. Ends with status 1
// if the heap after the last tenth is more than 5 MiB above that after the second: the first fills the journal.
import { createSimulator } from '../simulator/simulator.ts';

const requests = Number(process.argv[2] ?? 1_000_000);
const mostGrowth = 5 * 1024 * 1024;
const { gc } = globalThis as { gc?: () => void };
if (gc === undefined) throw new Error('Start it with node --expose-gc.');

const simulator = createSimulator();
const { id } = simulator.control.operations.seed({ name: 'sample_Echo', as: 'succeeded' });
const origin = 'https://contoso.example';
const asked = [
  ['GET', `/api/backgroundoperation/${id}`, ''],
  ['GET', `/api/data/v9.2/backgroundoperations(${id})`, ''],
  ['GET', `/api/backgroundoperation/${crypto.randomUUID()}`, ''],
  ['POST', '/api/data/v9.2/sample_Echo', '{"String":"hello"}'],
] as const;

/** Sends so many requests, one after the other. */
async function send(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    const [method, path, body] = asked[each % asked.length] ?? asked[0];
    // Texts of their own, as a server makes them: what is kept of them is kept.
    const headers = { authorization: 'Bearer token-initiator', 'x-number': `number ${each} of ${count}` };
    await simulator.handle({ method, path, query: '', origin, headers, prefer: [], body });
  }
}

const heaps: number[] = [];
const from = performance.now();
for (let tenth = 1; tenth <= 10; tenth += 1) {
  await send(Math.ceil(requests / 10));
  gc();
  heaps.push(process.memoryUsage().heapUsed);
  console.log(`${tenth * 10} %: ${((heaps.at(-1) ?? 0) / 1024 ** 2).toFixed(1)} MiB`);
}
const seconds = ((performance.now() - from) / 1_000).toFixed(0);
const grown = (heaps.at(-1) ?? 0) - (heaps[1] ?? 0);
console.log(
  `${requests.toLocaleString('en')} requests in ${seconds} s, ${simulator.control.requests.count()} in the journal, grown by ${(grown / 1024 ** 2).toFixed(2)} MiB`,
);
simulator.dispose();
if (grown > mostGrowth) process.exitCode = 1;
