import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check, install, packed, run, serve } from './trial.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The suite: installed, with its own folder read-only, it runs on the embedded simulator and over HTTP. */
export async function trySuite(place) {
  const { filename, files } = await packed(root, place);
  check(
    !files.some((path) => /\.test\.|fixtures|\.fixture\./.test(path)),
    `${files.length} files packed, no tests among them`,
  );
  const home = join(place, 'suite');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}');
  await install(home, '--omit=dev', join(place, filename));
  const installed = join(home, 'node_modules/background-operations-conformance');
  await run('chmod', ['-R', 'a-w', installed]);
  const script = join(installed, 'bin/bgop.js');
  const bgop = async (...args) => {
    try {
      const options = { cwd: home, maxBuffer: 1 << 26 };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], options);
      return { status: 0, text: stdout + stderr };
    } catch (error) {
      return { status: error.code, text: `${error.stdout}${error.stderr}` };
    }
  };
  const ended = ({ status, text }, what) => check(status === 0, `${what}${status === 0 ? '' : `\n${text}`}`);
  ended(await bgop('--version'), 'the installed command starts');
  ended(
    await bgop('verify', '--seed', '1', '--report', 'embedded'),
    'verify on the embedded simulator ends with 0',
  );
  const config = join(home, 'target.json');
  const { stop } = await serve(script, ['simulate', '--clock', 'virtual', '--write-config', config]);
  const remote = await bgop('verify', '--seed', '1', '--config', config, '--report', 'remote');
  stop();
  ended(remote, 'verify over HTTP ends with 0');
  const summaryOf = async (folder) => {
    const { summary } = JSON.parse(await readFile(join(home, folder, 'conformance.json'), 'utf8'));
    return JSON.stringify(summary);
  };
  check((await summaryOf('embedded')) === (await summaryOf('remote')), 'both give the same verdicts');
}
