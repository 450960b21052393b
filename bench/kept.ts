/**
 * Measures a simulator that keeps many operations against one that keeps a thousand, all through
 * `simulator.handle`. Prints the lines as JSON.
 *
 *     node --expose-gc bench/kept.ts [operations]
 */
import { alternate, atMost, told, type Line } from './measure.ts';
import { fill, queriesOf, type Filled } from './fill.ts';

const few = 1000;
const rounds = 11;
const many = Number(process.argv[2] ?? 1_000_000);
const top = 50;

function bytesUsed(): number {
  if (globalThis.gc === undefined) throw new Error('Run this with --expose-gc.');
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Microseconds of one call. */
async function cost(calls: number, call: (index: number) => Promise<void>): Promise<number> {
  const from = performance.now();
  for (let index = 0; index < calls; index++) await call(index);
  return ((performance.now() - from) * 1000) / calls;
}

async function compared(
  what: string,
  calls: number,
  large: (index: number) => Promise<void>,
  small: (index: number) => Promise<void>,
): Promise<Line> {
  await cost(calls, small);
  await cost(calls, large);
  const { one, other, ratio } = await alternate(
    rounds,
    () => cost(calls, large),
    () => cost(calls, small),
  );
  return atMost(what, ratio, 1.3, `× ${ratio.toFixed(2)} (${one.toFixed(1)} µs against ${other.toFixed(1)})`);
}

const get =
  ({ ids, ask }: Filled) =>
  async (index: number): Promise<void> => {
    await ask(`(${ids[(index * 7919) % ids.length] ?? ''})`);
  };

/** Asks for a page, after having made sure that there is a whole one. */
async function page(filled: Filled, query: string): Promise<() => Promise<void>> {
  const url = `?${query}&$top=${top}`;
  const { value } = JSON.parse(await filled.ask(url)) as { value: unknown[] };
  if (value.length !== top) throw new Error(`${query} finds ${value.length} rows instead of ${top}.`);
  return async () => {
    await filled.ask(url);
  };
}

/** As much work as a query can make: no index helps, or the indexes contradict each other. */
const some = (of: (index: number) => string, by: string) =>
  Array.from({ length: 400 }, (_, at) => of(at)).join(by);
const hardQueries = [
  `$filter=${some((at) => `contains(errormessage,'none ${at}')`, ' or ')}`,
  `$filter=${some((at) => `contains(name,'${at % 2 === 0 ? 'sync' : 'merge'}')`, ' and ')}`,
  '$filter=backgroundoperationstatuscode eq 31 and errormessage eq null',
  '$orderby=backgroundoperationstatuscode desc,name,createdon desc&$count=true',
];

/** The longest time, in milliseconds, in which nobody else got their turn while something was done. */
async function longestStall(work: () => Promise<void>): Promise<number> {
  let over = false;
  let longest = 0;
  const others = (async () => {
    while (!over) {
      const from = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, performance.now() - from);
    }
  })();
  await work();
  over = true;
  await others;
  return longest;
}

const small = await fill(few);
const before = bytesUsed();
const from = performance.now();
const large = await fill(many);
const microseconds = ((performance.now() - from) * 1000) / many;
const bytes = (bytesUsed() - before) / many;
const lines: Line[] = [
  told('submit, run and end, in process', `${microseconds.toFixed(1)} µs`),
  atMost(`heap an operation, ${many} kept`, bytes, 1536, `${bytes.toFixed(0)} bytes`),
  await compared('GET by id', 2000, get(large), get(small)),
];
const wanted = queriesOf(small);
for (const [title, query] of Object.entries(queriesOf(large))) {
  const here = await page(large, query);
  const there = await page(small, wanted[title] ?? '');
  lines.push(await compared(`$filter ${title}, $top=${top}`, 40, here, there));
}
const stalled = await longestStall(async () => {
  await Promise.all(hardQueries.map((query) => large.ask(`?${query}`).catch(() => undefined)));
});
lines.push(atMost('others wait for hard queries at most', stalled, 100, `${stalled.toFixed(0)} ms`, ' ms'));
const start = performance.now();
await large.expire();
const seconds = (performance.now() - start) / 1000;
lines.push(atMost(`advance over ${many} expiries`, seconds, 5, `${seconds.toFixed(2)} s`, ' s'));
console.log(JSON.stringify(lines));
