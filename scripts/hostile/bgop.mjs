// Runs the command line as a user does, and looks at all that it leaves behind.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onThisMachine } from './deadline.mjs';

/** The groups of processes that run now; the campaign's end is theirs, too. */
const groups = new Set();
process.on('exit', () => groups.forEach(endGroup));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const launcher = fileURLToPath(new URL('../../bin/bgop.js', import.meta.url));

/**
 * Runs `bgop` in an empty folder, where `config` is its configuration (and what `prepare` puts there), and gives how it ended. Throws when
 * it is not over in time, leaves a process behind, shows a stack trace, a character that controls a terminal, a
 * workflow command or a secret, or leaves a report that is not whole.
 */
export async function bgop(
  args,
  { config, prepare, after, environment = {}, secrets = [], deadlineMs = 60_000, during },
) {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop-hostile-'));
  try {
    await prepare?.(folder);
    if (config !== undefined) await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
    const ended = await started(folder, args, environment, deadlineMs, during);
    refuseDirt(`${ended.out}\n${ended.err}`);
    await refuseSecrets(folder, `${ended.out}\n${ended.err}`, secrets);
    await after?.(folder);
    return { ...ended, result: await resultIn(folder, ended) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function started(folder, args, environment, deadlineMs, during) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    detached: true,
    env: { ...process.env, CI: '1', NO_COLOR: '1', FORCE_COLOR: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  groups.add(child.pid);
  const from = performance.now();
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (text.err += chunk));
  const attack = during?.(child);
  let late = false;
  const most = onThisMachine(deadlineMs);
  const timer = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, most);
  try {
    const status = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (late) throw new Error(`not over within ${most / 1000} s; it had said ${tail(text)}`);
    if (endGroup(child.pid)) throw new Error('it left a process behind');
    return { status, seconds: (performance.now() - from) / 1000, ...text };
  } finally {
    clearTimeout(timer);
    groups.delete(child.pid);
    await attack?.stop();
  }
}

/** Ends the processes of a group; false when there is none any more. */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** The end of what was printed, on one line. */
export function tail({ out, err }) {
  return JSON.stringify(`${out.slice(-300)} | ${err.slice(-500)}`);
}

const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

function refuseDirt(text) {
  const control = controls.exec(text);
  if (control !== null) {
    const around = text.slice(Math.max(0, control.index - 60), control.index + 30);
    throw new Error(`a control character was printed: ${JSON.stringify(around)}`);
  }
  const trace = /\n\s+at .+:\d+:\d+\)?(?=\n|$)/.exec(text);
  if (trace !== null) throw new Error(`a stack trace was printed: ${JSON.stringify(trace[0])}`);
  if (/^\s*::(?:error|warning|notice|add-mask|stop-commands|set-)/m.test(text))
    throw new Error('a workflow command of a peer stands at the beginning of a line');
}

async function refuseSecrets(folder, printed, secrets) {
  if (secrets.length === 0) return;
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = [['the terminal', printed]];
  for (const file of files.filter((each) => each.isFile()))
    texts.push([file.name, await readFile(path.join(file.parentPath, file.name), 'utf8')]);
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      for (const [where, text] of texts)
        if (text.includes(form)) throw new Error(`a secret stands in ${where} (${form.slice(0, 12)}…)`);
}

/** The result file; undefined where the run ended before there was anything to report. */
async function resultIn(folder, { out, err }) {
  const file = (name) => path.join(folder, 'conformance-report', name);
  const text = await readFile(file('conformance.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    if (out.includes('Report:')) throw new Error('a report was announced, and there is none');
    return undefined;
  }
  const page = await readFile(file('index.html'), 'utf8').catch(() => '');
  if (!page.trimEnd().endsWith('</html>')) throw new Error(`index.html is not whole; ${tail({ out, err })}`);
  if (page.includes('<script>hostile') || page.includes('<img src=x onerror'))
    throw new Error('index.html holds markup that came from a peer');
  return JSON.parse(text);
}
