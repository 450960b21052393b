// The campaign of hostile peers:
// node scripts/hostile/run.mjs [--only TEXT]… [--short | --long] [--requests N] [--jobs N] [--slack N] [--json FILE]
//
// A case is { name, deadlineMs, run(context), short?, long?, beside? }: it throws for a failure, and may return a
// note. `short` cases (or all of a file with `export const short = true`) are those of `--short`, which CI runs; `long` ones run with `--long` only; `beside` says that it may run beside others.
// Cases stand in files by subject beside this one (`<subject>.cases.mjs`, default export: a list); a new
// file is found by itself. One line a case is printed; the status is 1 if one failed.
import { readdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createContext } from './context.mjs';
import { inTime, slackBy } from './deadline.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    requests: { type: 'string' },
    long: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '3' },
    slack: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
});
const requests = wholeNumber(
  'requests',
  values.requests ?? (values.long ? 200_000 : values.short ? 1_000 : 3_000),
);
const jobs = wholeNumber('jobs', values.jobs);
slackBy(wholeNumber('slack', values.slack));

const folder = new URL('./', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.cases.mjs')).sort();
const cases = [];
for (const file of files) {
  const subject = file.replace('.cases.mjs', '');
  const { default: all, short = false } = await import(new URL(file, folder));
  for (const each of all) {
    cases.push({ short, ...each, title: `${subject}: ${each.name}` });
  }
}
const chosen = cases.filter(
  ({ title, short, long = false }) =>
    values.only.some((text) => title.includes(text)) && (short || !values.short) && (values.long || !long),
);
if (chosen.length === 0) {
  console.error(`--only ${values.only.join(' ')}: no case has this in its name.`);
  process.exit(2);
}

const context = createContext({
  requests,
  long: values.long,
  minutes: wholeNumber('minutes', values.minutes),
});
let failed = 0;
try {
  for (const each of chosen.filter(({ beside = false }) => !beside)) await runCase(each);
  const queue = chosen.filter(({ beside = false }) => beside);
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await runCase(next);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
} finally {
  await context.close();
}
console.log(`${chosen.length - failed} of ${chosen.length} cases passed.`);
if (values.json !== undefined)
  await writeFile(values.json, JSON.stringify({ passed: chosen.length - failed, failed }));
process.exit(failed === 0 ? 0 : 1);

async function runCase({ title, run, deadlineMs }) {
  const from = performance.now();
  const problem = await outcome(run, deadlineMs);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (problem.error === undefined) {
    console.log(`ok    ${title} (${seconds} s)${problem.note ? `: ${problem.note}` : ''}`);
  } else {
    failed += 1;
    console.log(`FAIL  ${title} (${seconds} s): ${problem.error}`);
  }
}

function wholeNumber(name, given) {
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1) return value;
  console.error(`--${name} ${given}: expected a whole number from 1 on.`);
  return process.exit(2);
}

async function outcome(run, deadlineMs) {
  try {
    const note = await inTime(run(context), deadlineMs);
    await context.check();
    return { note };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
