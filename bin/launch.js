// Plain JavaScript that any Node can read: it finds a Node that is new enough, and the code of a command.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Runs a function of a module of `cli/`, here or on a newer Node. `script` is the command's own file in `bin/`. */
export async function launch({ name, module: entry, main, script }) {
  if (major > 22 || (major === 22 && minor >= 18)) await run(name, entry, main);
  else handOver(name, fileURLToPath(script));
}

/** In a clone the sources run as they are; Node does not do that below node_modules. */
async function run(name, entry, main) {
  endWithLauncher();
  const source = path.join(root, 'cli', `${entry}.ts`);
  const compiled = path.join(root, 'dist', 'cli', `${entry}.js`);
  const inClone = existsSync(source) && !root.split(path.sep).includes('node_modules');
  if (!inClone && !existsSync(compiled)) {
    console.error(`${name}: ${compiled} is missing: the package was not built. In a clone: npm run build.`);
    process.exitCode = 2;
    return;
  }
  // What was compiled, types stripped, is kept for the next start; where it cannot be, nothing is lost.
  module.enableCompileCache();
  const lost = keepGoingWithoutReader(name);
  const { [main]: start } = await import(pathToFileURL(inClone ? source : compiled).href);
  const status = await start(process.argv.slice(2));
  // What was written last fails after this, if at all.
  process.once('exit', () => {
    if (status === 0 && lost.error !== undefined) process.exitCode = 3;
  });
  process.exitCode = status;
  await Promise.all([process.stdout, process.stderr].map(written));
  // A peer that never ends its answer (a silent sign-in service, say) must not keep a command that is over.
  process.exit();
}

/** Resolves when all that was written to a stream has gone, or cannot go any more. */
async function written(stream) {
  if (!stream.destroyed) await new Promise((resolve) => stream.write('', resolve));
  // An error is told after the callback.
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * A reader that has gone (`bgop clauses | head -1`, a closed terminal) is no fault, and ends no run: its
 * report and its exit status are still wanted. Output that cannot be stored, as on a full disk, is said.
 */
function keepGoingWithoutReader(name) {
  const lost = { error: undefined };
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE' || lost.error !== undefined) return;
    lost.error = error;
    process.stderr.write(`${name}: standard output cannot be written: ${error.message}\n`);
  });
  process.stderr.on('error', () => {
    // Nobody is left who could be told.
  });
  return lost;
}

/** Handed over to by {@link handOver}, this process ends with the one that the user started. */
function endWithLauncher() {
  if (process.env.BGOP_HANDED_OVER !== '1' || process.channel === undefined) return;
  delete process.env.BGOP_HANDED_OVER;
  process.once('disconnect', () => process.exit(3));
  process.channel.unref();
}

/** Runs this same command again on the Node that the project's dependencies bring along. */
function handOver(name, script) {
  const own = path.join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(own)) {
    console.error(
      `${name}: this is Node ${process.versions.node}; 22.18 or newer is needed. Install it, or run "npm ci" in a clone, which brings one along.`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(own, [script, ...process.argv.slice(2)], {
    // The channel carries nothing: its end tells the child that this process was killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, BGOP_HANDED_OVER: '1' },
  });
  // From a terminal the child gets the signal itself; from elsewhere it is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`${name}: ${own} does not run: ${error.message}`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 3);
  });
}
