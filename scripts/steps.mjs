// Runs the named steps one after the other, all of them whatever fails, and ends with what failed and the real
// counts: node scripts/steps.mjs format lint imports unused types unit build integration hostile verify self-test
// Steps in one argument, parted by " / ", run in lanes side by side: 'integration / containers package ci-examples'.
// What the second lane prints is shown as each of its steps ends.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const scratch = await mkdtemp(join(tmpdir(), 'bgop-steps-'));

/** A command that passes or fails as a whole. */
const whole = (...command) => ({
  command,
  count: (status) => ({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }),
});

/** Vitest, or a script that passes its arguments on to it, counted by test. */
const vitest = (name, args, program = ['vitest', 'run']) => {
  const file = join(scratch, `${name}.json`);
  return {
    command: [...program, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
    count: async (status) => {
      const results = await json(file);
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = results;
      const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
      const skipped = numPendingTests + numTodoTests;
      return { passed: numPassedTests, failed, skipped, failures: failuresIn(results) };
    },
  };
};

/** The tests of a result of Vitest that failed, and the files that could not be loaded, a line each. */
function failuresIn({ testResults }) {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative('.', name);
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      const told = tests.map(({ fullName, failureMessages: [why] }) => [fullName, why ?? '']);
      return (told.length > 0 ? told : [['', message]]).map(
        ([test, why]) => `${file} ${test}: ${stripVTControlCharacters(why).split('\n', 1)[0].slice(0, 300)}`,
      );
    });
}

// Where a report is to be kept after the run, say so in BGOP_CI_REPORT.
const report = process.env.BGOP_CI_REPORT ?? join(scratch, 'report');
const matrix = join(scratch, 'matrix.json');
const hostile = join(scratch, 'hostile.json');
const slow = ['**/*.integration.test.ts', '**/*.browser.test.ts', '**/*.container.test.ts'];

const steps = {
  format: whole('prettier', '--check', '--log-level=warn', '.'),
  lint: whole('eslint', '.'),
  imports: whole('depcruise', '--no-cache', '.'),
  unused: whole('sh', '-c', 'knip --no-progress && knip --no-progress --production --include files'),
  types: whole('tsc', '-p', '.'),
  unit: vitest('unit', ['--no-isolate', ...slow.map((pattern) => `--exclude=${pattern}`)]),
  integration: vitest('integration', ['integration.test', 'browser.test']),
  containers: vitest('containers', [], ['node', 'scripts/test-containers.mjs']),
  build: whole('npm', 'run', '--silent', 'build'),
  package: whole('node', 'scripts/try-package.mjs'),
  'ci-examples': whole('node', 'scripts/try-ci-examples.mjs'),
  hostile: {
    command: ['node', 'scripts/hostile/run.mjs', '--short', '--json', hostile],
    count: async () => ({ ...(await json(hostile)), skipped: 0 }),
  },
  verify: {
    command: ['node', 'bin/bgop.js', 'verify', '--report', report],
    count: async (status) => {
      const { summary } = await json(join(report, 'conformance.json'));
      const { passed, observed, failed, warned, inconclusive, notTested, knownDeviations } = summary;
      const broken = failed + warned + inconclusive + knownDeviations;
      return {
        passed: passed + observed,
        failed: Math.max(broken, status === 0 ? 0 : 1),
        skipped: notTested,
      };
    },
  },
  'self-test': {
    command: ['node', 'bin/bgop.js', 'self-test', '--strict', '--matrix', matrix],
    count: async (status) => {
      const { killed, deviations } = await json(matrix);
      return { passed: killed, failed: Math.max(deviations - killed, status === 0 ? 0 : 1), skipped: 0 };
    },
  },
};

async function json(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Runs a command to its end, and resolves with its status. Its output is shown at once, or when it has ended. */
function run([program, ...args], atOnce) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: atOnce ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: process.env.CI ?? '1' },
    });
    const said = [];
    for (const stream of atOnce ? [] : [child.stdout, child.stderr])
      stream.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

/** Runs one step; resolves with its counts, its failures and its seconds. */
async function step(name, atOnce) {
  if (atOnce) console.log(`\n=== ${name}`);
  else console.log(`\n=== ${name} begins beside it`);
  const began = Date.now();
  const status = await run(steps[name].command, atOnce);
  if (!atOnce) console.log(`=== ${name} has ended, ${status === 0 ? 'passed' : `with ${status}`}`);
  // A step that died without leaving its counts is one failure.
  const counts = await Promise.resolve(status)
    .then(steps[name].count)
    .catch(() => ({ passed: 0, failed: 1, skipped: 0 }));
  return { name, seconds: (Date.now() - began) / 1000, ...counts };
}

/** Runs the steps of one lane, one after the other. */
async function lane(names, atOnce) {
  const done = [];
  for (const name of names) done.push(await step(name, atOnce));
  return done;
}

const stages = process.argv
  .slice(2)
  .map((argument) => argument.split('/').map((names) => names.split(' ').filter(Boolean)));
const unknown = stages.flat(2).filter((name) => !(name in steps));
if (stages.length === 0 || unknown.length > 0) {
  console.error(`Steps: ${Object.keys(steps).join(' ')}`);
  process.exit(2);
}
const done = [];
for (const lanes of stages)
  done.push(...(await Promise.all(lanes.map((names, at) => lane(names, at === 0)))).flat());
await rm(scratch, { recursive: true, force: true });
const sum = (key) => done.reduce((total, counts) => total + counts[key], 0);
const counted = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
console.log('');
for (const { name, seconds, ...counts } of done)
  console.log(`${name.padEnd(12)} ${counted(counts)} (${seconds.toFixed(1)} s)`);
for (const { name, failures = [] } of done)
  for (const failure of failures) console.log(`failed: ${name}: ${failure}`);
const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
console.log(`\n${counted(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
