/**
 * Measures the simulator and the model against what is wanted of them, and prints a table. Writes no
 * file. Ends with status 1 if a figure is over.
 *
 *     npm run bench [-- --quick]
 */
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { largeArchive } from './archive.ts';
import { due } from './due.ts';
import { readiness, throughput, throughputWithData } from './http.ts';
import { masking } from './mask.ts';
import { tableOf, type Line } from './measure.ts';
import { model } from './model.ts';
import { run } from './process.ts';
import { proxied } from './proxy.ts';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
const sizes = quick
  ? { requests: 2000, due: 20_000, operations: 50_000, cases: 40, others: 2_000 }
  : { requests: 16_000, due: 200_000, operations: 1_000_000, cases: 200, others: 20_000 };

const load = (): string => loadavg()[0]?.toFixed(1) ?? '';

/** In a process of its own, whose heap holds nothing else and may be collected at will. */
async function kept(): Promise<Line[]> {
  const program = fileURLToPath(new URL('kept.ts', import.meta.url));
  return JSON.parse(await run('--expose-gc', '--max-old-space-size=6144', program, String(sizes.operations)));
}

const loadBefore = load();
const parts: Record<string, () => Line[] | Promise<Line[]>> = {
  masking,
  'requests over HTTP': () => throughput(sizes.requests),
  'operations kept in a folder': () => throughputWithData(sizes.requests),
  'a proxy between': () => proxied(sizes.requests),
  'a large archive': () => largeArchive(sizes.others, sizes.others / 40),
  'many operations due at once': () => due(sizes.due),
  'start of a server': readiness,
  'many operations kept': kept,
  'model and judge': () => model(sizes.cases),
};
const lines: Line[] = [];
for (const [title, part] of Object.entries(parts)) {
  // Not on standard output, which holds the table alone.
  console.error(`measuring: ${title}`);
  lines.push(...(await part()));
}
console.log(tableOf(lines));
console.log(
  `\nNode ${process.versions.node}, ${availableParallelism()} cores; load of the machine ${loadBefore} before, ${load()} after, this run's own included.`,
);
if (lines.some(({ ok }) => ok === false)) process.exitCode = 1;
