// What the trials of the packages have in common.
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program; resolves with what it wrote, rejects with all of it. */
export async function run(program, args, options = {}) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1 << 26, ...options });
    return stdout;
  } catch (error) {
    throw new Error(`${[program, ...args].join(' ')}\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

/** Says that something holds, or ends the trial. */
export function check(holds, what) {
  if (!holds) throw new Error(what);
  console.log(`ok: ${what}`);
}

/** Installs packages into a folder, from npm's cache where it can. */
export function install(cwd, ...packages) {
  return run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], { cwd });
}

/** Starts a script that serves until it is stopped; resolves with its address when it says that it listens. */
export async function serve(script, args) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      const said = /listening on (\S+)/.exec(String(text));
      if (said !== null) resolve(said[1]);
    });
    child.once('exit', () => reject(new Error(`${script} ended before it listened`)));
  });
  return { url, stop: () => child.kill('SIGTERM') };
}

/** The files of a tarball that `npm pack --json` has made: its name and the paths in it. */
export async function packed(cwd, destination) {
  const options = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const told = JSON.parse(await run('npm', options, { cwd }));
  const [{ filename, files }] = Array.isArray(told) ? told : Object.values(told);
  return { filename, files: files.map(({ path }) => path) };
}
