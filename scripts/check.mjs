// What is checked before a commit, from caches where a tool has one: first what reads the sources, two tools
// at a time, then the unit tests that a change can affect; with --all, all of them. Says of each how long it took,
// and shows the output of those that fail.
import { spawn } from 'node:child_process';

const cache = (name) => `node_modules/.cache/${name}`;
const knip = ['knip', '--no-progress', '--cache', '--cache-location'];
const readers = {
  format: ['prettier', '--check', '--cache', '--log-level=warn', '.'],
  imports: ['depcruise', '.'],
  lint: ['eslint', '--cache', '--cache-location', cache('eslint/'), '.'],
  unused: [...knip, cache('knip')],
  'unused but for tests': [...knip, cache('knip-production'), '--production', '--include', 'files'],
  types: ['tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', cache('types.tsbuildinfo')],
};
const unitTests = ['node', 'scripts/unit-tests/run.mjs', ...process.argv.slice(2)];

function run(name, [program, ...args], stdio) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${program}: ${error.message}\n`)));
    child.on('close', (status) => {
      const passed = status === 0;
      console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
      if (!passed) process.stdout.write(Buffer.concat(output));
      resolve(passed);
    });
  });
}

const queue = Object.entries(readers);
const results = [];
async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    results.push(await run(next[0], next[1], ['ignore', 'pipe', 'pipe']));
}
await Promise.all([work(), work()]);
if (results.every(Boolean)) results.push(await run('unit tests', unitTests, 'inherit'));
process.exitCode = results.every(Boolean) ? 0 : 1;
