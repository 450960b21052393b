// Runs the whole suite again and again while other processes load every core, and tells whether a verdict
// ever differed: node scripts/under-load.mjs [--runs 50] [--real] [--dir FOLDER]
//
// Every finished run is one line of FOLDER/runs.jsonl, so that a run that was cut off goes on where it
// stopped. With --real the target is `bgop simulate --clock real` over HTTP with retries of a second or so:
// there some verdicts are open, but nothing may be called broken, and 80 % of the MUST clauses are to be
// decided. Status 0: that held in every run; 1: it did not; 2: wrong usage.
import { spawn } from 'node:child_process';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = readArguments();
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs: a whole number from 1 on is wanted, not "${values.runs}".`);
  process.exit(2);
}
const real = values.real === true;
const folder = path.resolve(values.dir ?? `.bgop/under-load${real ? '-real' : ''}`);
const record = path.join(folder, 'runs.jsonl');
const bgop = path.resolve(import.meta.dirname, '../bin/bgop.js');

await mkdir(folder, { recursive: true });
const done = await finishedRuns();
const hogs = Array.from({ length: availableParallelism() }, () =>
  spawn(process.execPath, ['-e', 'for (;;) Math.sqrt(Math.random())'], { stdio: 'ignore' }),
);
try {
  while (done.length < runs) {
    const run = await oneRun(done.length + 1);
    await appendFile(record, `${JSON.stringify(run)}\n`);
    done.push(run);
    console.log(inWords(run));
  }
} finally {
  for (const hog of hogs) hog.kill();
}
process.exitCode = tell(done.slice(0, runs)) ? 0 : 1;

function readArguments() {
  try {
    return parseArgs({
      options: {
        runs: { type: 'string', default: '50' },
        real: { type: 'boolean' },
        dir: { type: 'string' },
      },
    });
  } catch (error) {
    console.error(`${error.message}\nUsage: node scripts/under-load.mjs [--runs 50] [--real] [--dir FOLDER]`);
    process.exit(2);
  }
}

async function finishedRuns() {
  const text = await readFile(record, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

async function oneRun(number) {
  const report = path.join(folder, 'report');
  const began = performance.now();
  const status = real ? await verifyOverHttp(report) : await ended(start(['verify', '--report', report]));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const result = JSON.parse(await readFile(path.join(report, 'conformance.json'), 'utf8'));
  const must = result.clauses.filter(({ level }) => level === 'MUST');
  const decided = must.filter(({ verdict }) => verdict === 'passed' || verdict === 'failed').length;
  const verdicts = Object.fromEntries(result.clauses.map(({ id, verdict }) => [id, verdict]));
  return {
    number,
    status,
    seconds,
    seed: result.run.seed,
    ...result.summary,
    must: must.length,
    decided,
    verdicts,
  };
}

/** Retries wait 1, 2 and 4 seconds, as an implementation under development might have it. */
async function verifyOverHttp(report) {
  const config = path.join(folder, 'bgop.config.json');
  const scaled = ['--retry-base', '1000', '--retry-factor', '2', '--retry-jitter', '0'];
  const server = start(['simulate', '--clock', 'real', ...scaled, '--write-config', config]);
  const over = ended(server);
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).includes('listening on') && resolve());
    void over.then((status) => reject(new Error(`bgop simulate ended with ${status}`)));
  });
  try {
    return await ended(start(['verify', '--config', config, '--report', report]));
  } finally {
    server.kill();
    await over;
  }
}

function start(args) {
  return spawn(process.execPath, [bgop, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
}

function ended(child) {
  child.stdout.resume();
  return new Promise((resolve) => child.on('close', resolve));
}

function inWords({ number, status, seconds, failed, warned, inconclusive, notTested, decided, must, seed }) {
  const counts = `${failed} failed, ${warned} warned, ${inconclusive} inconclusive, ${notTested} not tested`;
  return `run ${number}: ${counts}; ${decided} of ${must} MUST decided; ${seconds} s, status ${status}, seed ${seed}`;
}

/** Prints what the runs have in common and what not; true if all is as it should be. */
function tell(all) {
  const broken = all.filter(({ failed, warned }) => failed + warned > 0);
  const open = all.filter(({ inconclusive }) => inconclusive > 0);
  const undecided = all.filter(({ decided, must }) => decided < 0.8 * must);
  const [first] = all;
  const differing = Object.keys(first.verdicts).filter((id) =>
    all.some(({ verdicts }) => verdicts[id] !== first.verdicts[id]),
  );
  const slowest = Math.max(...all.map(({ seconds }) => seconds));
  console.log(
    `${all.length} runs: ${broken.length} with something called broken, ${open.length} with something inconclusive, ` +
      `${undecided.length} with less than 80 % of the MUST clauses decided; the slowest took ${slowest} s.`,
  );
  if (differing.length > 0) console.log(`Verdicts that differed between runs: ${differing.join(', ')}`);
  return broken.length === 0 && undecided.length === 0 && (real || open.length + differing.length === 0);
}
