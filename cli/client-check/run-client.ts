import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from '../../simulator/server.ts';
import { UsageError } from '../terminal.ts';
import { choicesOf, faultsOf, type Freedom } from './freedoms.ts';
import { recordClient, type ClientRecorder } from './recorder.ts';

/** How the client's tests are run. */
export interface ClientCommand {
  /** Program and arguments; nothing is read by a shell. */
  readonly command: readonly string[];
  readonly clock: 'real' | 'virtual';
  /** Milliseconds after which the tests count as hanging, and are ended. */
  readonly timeoutMs: number;
  /** Whether the tests write to the terminal. */
  readonly shown: boolean;
}

/** How one run of the client's tests ended. */
export interface ClientRun {
  /** The exit status; undefined where they were ended. */
  readonly status: number | undefined;
  /** How they ended, in words. */
  readonly how: string;
  readonly recorder: ClientRecorder;
}

/**
 * Runs a client's tests against a simulator of their own, and records what they do to it. They find it by the
 * environment: `BGOP_SIMULATOR_URL`, `_TOKEN`, `_TOKEN_OTHER`, `_TOKEN_UNPRIVILEGED`, `_CLOCK_URL`, and a JSON
 * file with the same in `_CONFIG`.
 *
 * @throws UsageError where the command cannot be started
 */
export async function runClientTests(
  { command, clock, timeoutMs, shown }: ClientCommand,
  freedoms: readonly Freedom[] = [],
): Promise<ClientRun> {
  const recorder = recordClient({ clock });
  const server = await startServer({ ...recorder.options, clock, choices: choicesOf(freedoms) });
  for (const fault of faultsOf(freedoms)) server.simulator.control.faults.add(fault);
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop-client-'));
  try {
    const config = {
      url: server.url,
      token: 'token-initiator',
      tokenOther: 'token-other',
      tokenUnprivileged: 'token-unprivileged',
      clockUrl: `${server.url}/simulator/clock`,
      clock,
    };
    const file = path.join(folder, 'simulator.json');
    await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
    const ended = await runCommand(command, timeoutMs, shown, {
      BGOP_SIMULATOR_URL: config.url,
      BGOP_SIMULATOR_TOKEN: config.token,
      BGOP_SIMULATOR_TOKEN_OTHER: config.tokenOther,
      BGOP_SIMULATOR_TOKEN_UNPRIVILEGED: config.tokenUnprivileged,
      BGOP_SIMULATOR_CLOCK_URL: config.clockUrl,
      BGOP_SIMULATOR_CLOCK: clock,
      BGOP_SIMULATOR_CONFIG: file,
    });
    return { ...ended, recorder };
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function runCommand(
  [program = '', ...args]: readonly string[],
  timeoutMs: number,
  shown: boolean,
  environment: Readonly<Record<string, string>>,
): Promise<Pick<ClientRun, 'status' | 'how'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', shown ? 'inherit' : 'ignore', shown ? 'inherit' : 'ignore'],
      // A group of its own, so that what the tests start ends with them.
      detached: process.platform !== 'win32',
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(child.pid, () => child.kill('SIGKILL'));
    }, timeoutMs);
    const stop = (): void => {
      endGroup(child.pid, () => child.kill('SIGKILL'));
    };
    process.once('exit', stop);
    child.once('error', (error) => {
      clearTimeout(timer);
      process.off('exit', stop);
      reject(
        new UsageError(`the client's tests cannot be started: ${error.message}. Name a command after "--".`),
      );
    });
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      process.off('exit', stop);
      if (late) resolve({ status: undefined, how: `did not end within ${timeoutMs / 1000} s` });
      else if (status === null) resolve({ status: undefined, how: `ended by ${signal ?? 'a signal'}` });
      else resolve({ status, how: `exit status ${status}` });
    });
  });
}

function endGroup(pid: number | undefined, otherwise: () => void): void {
  try {
    if (pid === undefined || process.platform === 'win32') otherwise();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
