// What is checked before a commit, from caches where a tool has one: first what reads the sources, two tools
// at a time, then the unit tests that a change can affect; with --all, all of everything. Says of each how long it
// took, and shows the output of those that fail.
import { spawn } from 'node:child_process';
import { changedSince, commitNow, mayMoveImports, passed } from './since.mjs';

const cache = (name) => `node_modules/.cache/${name}`;
const all = process.argv.includes('--all');
const here = process.cwd();
const commit = commitNow(here);

/** Prettier, of the files that are not what they were when it passed. */
function format() {
  const rules = ['.prettierrc.json', '.prettierignore', '.editorconfig', '.gitignore', 'package-lock.json'];
  const changed = all ? undefined : changedSince(here, 'format', rules);
  const files = changed?.flatMap(({ file, status }) => (status === 'gone' ? [] : [file])) ?? ['.'];
  return files.length === 0
    ? undefined
    : ['prettier', '--check', '--cache', '--ignore-unknown', '--log-level=warn', ...files];
}

/** dependency-cruiser reads all files again after any change, so it runs when an import may have changed. */
function imports() {
  const rules = ['.dependency-cruiser.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
  const changed = all ? undefined : changedSince(here, 'imports', rules);
  return mayMoveImports(here, 'imports', changed) ? ['depcruise', '.'] : undefined;
}

const knip = ['knip', '--no-progress', '--cache', '--cache-location'];
const readers = {
  imports: imports(),
  format: format(),
  lint: ['eslint', '--cache', '--cache-location', cache('eslint/'), '.'],
  unused: [...knip, cache('knip')],
  'unused but for tests': [...knip, cache('knip-production'), '--production', '--include', 'files'],
  types: ['tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', cache('types.tsbuildinfo')],
};
const unitTests = ['node', 'scripts/unit-tests/run.mjs', ...process.argv.slice(2)];

function run(name, command, stdio) {
  if (command === undefined) {
    console.log(`✓ ${name} (nothing has changed that it reads)`);
    return true;
  }
  const [program, ...args] = command;
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${program}: ${error.message}\n`)));
    child.on('close', (status) => {
      const fine = status === 0;
      console.log(`${fine ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
      if (!fine) process.stdout.write(Buffer.concat(output));
      if (fine && ['format', 'imports'].includes(name)) passed(here, name, commit);
      resolve(fine);
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
