import { execFileSync, spawn } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bgop, emptyFolder, resultIn, start, type Running } from './fixtures/bgop.ts';

const minutes = 60_000;
const launcher = fileURLToPath(new URL('../bin/bgop.js', import.meta.url));
const report = 'conformance-report';

/** Finds something broken at once, and is at work for long after that. */
const longRun = [
  'verify',
  '--deviate',
  'cancel.terminal-message-paraphrased',
  '--only',
  'cancel.terminal-message,state',
  '--runs',
  '1000000',
  '--workers',
  '1',
];

function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  return pairs.filter(([, parent]) => parent === pid).map(([child]) => child);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + minutes;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It did not come in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A run that has found something broken, with the processes below it. */
async function foundSomething(folder: string): Promise<{ running: Running; runner: number; worker: number }> {
  const running = start(folder, longRun);
  await running.says('✕ cancel.terminal-message');
  const [runner = 0] = childrenOf(running.child.pid ?? 0);
  const [worker = 0] = childrenOf(runner);
  return { running, runner, worker };
}

describe('a run that is killed', () => {
  it(
    'leaves its journal and no process, and its report can be made from that',
    async () => {
      const folder = await emptyFolder();
      const { running, runner, worker } = await foundSomething(folder);
      const second = await bgop(folder, 'verify', '--only', 'unknown');
      expect([second.status, second.err]).toEqual([
        2,
        expect.stringContaining(`process ${running.child.pid} on `),
      ]);
      const tooEarly = await bgop(folder, 'report', 'recover', report);
      expect([tooEarly.status, tooEarly.err]).toEqual([2, expect.stringContaining('another run is writing')]);
      running.child.kill('SIGKILL');
      await until(() => !runs(runner) && !runs(worker));
      expect(await resultIn(folder)).toBeUndefined();
      const recovered = await bgop(folder, 'report', 'recover', report);
      expect([recovered.status, recovered.out]).toEqual([
        1,
        expect.stringContaining('Incomplete: The run was killed before it ended'),
      ]);
      expect((await readdir(path.join(folder, report))).sort()).toEqual([
        'conformance.json',
        'index.html',
        'junit.xml',
      ]);
      expect(
        (await resultIn(folder))?.clauses.find(({ verdict }) => verdict === 'failed')?.checks[0],
      ).toHaveProperty('evidence');
      expect((await bgop(folder, 'report', 'recover', report)).status).toBe(2);
      await rm(folder, { recursive: true });
    },
    3 * minutes,
  );

  it(
    'tells what it had found when only its runner was killed, and of a worker that was',
    async () => {
      const folder = await emptyFolder();
      const first = await foundSomething(folder);
      process.kill(first.runner, 'SIGKILL');
      const ended = await first.running.ended;
      expect([ended.status, ended.out]).toEqual([1, expect.stringContaining('(killed by SIGKILL)')]);
      expect((await resultIn(folder))?.summary.failed).toBe(1);
      const { running, runner } = await foundSomething(folder);
      // The runner itself ends a worker after a failure and starts another: each that is there is killed once.
      const killed = new Set<number>();
      await until(async () => {
        for (const pid of childrenOf(runner).filter((one) => !killed.has(one))) {
          killed.add(pid);
          if (runs(pid)) process.kill(pid, 'SIGKILL');
        }
        return (await readFile(path.join(folder, report, 'journal.jsonl'), 'utf8')).includes(
          'worker process exited unexpectedly',
        );
      });
      running.child.kill('SIGINT');
      expect((await running.ended).status).toBe(1);
      expect(await readFile(path.join(folder, report, 'conformance.json'), 'utf8')).toContain(
        'worker process exited unexpectedly',
      );
      await rm(folder, { recursive: true });
    },
    3 * minutes,
  );

  it(
    'writes its whole report and ends with its own status though nobody reads what it says',
    async () => {
      const folder = await emptyFolder();
      const child = spawn(process.execPath, [launcher, ...longRun.slice(0, 4), 'cancel.terminal-message'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      child.stderr.once('data', () => child.stderr.destroy());
      const status = await new Promise((resolve) => child.once('exit', resolve));
      expect(status).toBe(1);
      expect((await resultIn(folder))?.run).not.toHaveProperty('incomplete');
      await rm(folder, { recursive: true });
    },
    minutes,
  );
});
