// Runs the named steps one after the other, all of them whatever fails, and ends with the real
// counts: node scripts/steps.mjs format lint imports unused types unit integration containers build package ci-examples hostile verify self-test
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
        await json(file);
      const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
      return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
    },
  };
};

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

function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { ...process.env, CI: process.env.CI ?? '1' },
    });
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in steps));
if (names.length === 0 || unknown.length > 0) {
  console.error(`Steps: ${Object.keys(steps).join(' ')}`);
  process.exit(2);
}
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const name of names) {
  console.log(`\n=== ${name}`);
  const began = Date.now();
  const status = await run(steps[name].command);
  // A step that died without leaving its counts is one failure.
  const counts = await Promise.resolve(status)
    .then(steps[name].count)
    .catch(() => ({ passed: 0, failed: 1, skipped: 0 }));
  for (const key of Object.keys(total)) total[key] += counts[key];
  lines.push(
    `${name.padEnd(12)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${((Date.now() - began) / 1000).toFixed(1)} s)`,
  );
}
await rm(scratch, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
