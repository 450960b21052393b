import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Result } from '../record/result.ts';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn, serve, start } from './fixtures/bgop.ts';
import { interfering } from './fixtures/interfering.ts';

const minutes = 60_000;

/** What two reports of the same run have in common: everything but times and evidence. */
function verdictsOf(result: Result | undefined): unknown {
  return result?.clauses.map(({ id, verdict, reason, checks }) => ({
    id,
    verdict,
    reason,
    checks: checks.map(({ title, outcome }) => `${title}: ${outcome}`).sort(),
  }));
}

describe('bgop verify', () => {
  it(
    'finds what a deviating simulator breaks, names it, and ends with 1',
    async () => {
      const folder = await emptyFolder();
      const ended = await bgop(
        folder,
        'verify',
        '--only',
        'cancel.terminal-message',
        '--deviate',
        'cancel.terminal-message-paraphrased',
        '--seed',
        '7',
      );
      expect(ended.status).toBe(1);
      expect(ended.err).toContain('✕ cancel.terminal-message [');
      expect(ended.out).toContain('cancel.terminal-message (MUST): ');
      expect(ended.out).toContain(
        'Again:  npx background-operations-conformance verify --deviate cancel.terminal-message-paraphrased --only cancel.terminal-message --seed 7',
      );
      const result = await resultIn(folder);
      expect(result?.summary).toMatchObject({ failed: 1 });
      expect(
        result?.clauses.find(({ verdict }) => verdict === 'failed')?.checks[0]?.evidence?.length,
      ).toBeGreaterThan(0);
      const again = await bgop(folder, 'verify', '--last-failed');
      expect(again.status).toBe(0);
      expect(again.out).toMatch(/^Again: .* --only cancel\.terminal-message --seed /m);
      expect((await resultIn(folder))?.summary).toMatchObject({ passed: 1, failed: 0 });
    },
    2 * minutes,
  );

  it(
    'keeps a long body whole beside the report, where it explains a failure',
    async () => {
      const folder = await emptyFolder();
      const deviate = ['--deviate', 'table.inputparameters-truncated'];
      await bgop(folder, 'verify', '--only', 'table.inputparameters', ...deviate);
      const report = path.join(folder, 'conformance-report');
      const cuts = (await resultIn(folder))?.clauses
        .flatMap(({ checks }) => checks.flatMap(({ evidence = [] }) => evidence))
        .flatMap((one) => (one.kind === 'exchange' ? (one.request.body?.cut ?? []) : []));
      expect(cuts?.length).toBeGreaterThan(0);
      for (const { file = 'none', bytes, sha256 } of cuts ?? []) {
        const whole = await readFile(path.join(report, file));
        expect(whole.byteLength).toBe(bytes);
        expect(createHash('sha256').update(whole).digest('hex')).toBe(sha256);
      }
      const elsewhere = path.join(folder, 'elsewhere');
      await bgop(folder, 'report', 'render', report, '--report', elsewhere);
      expect(await readdir(path.join(elsewhere, 'evidence'))).toEqual(
        await readdir(path.join(report, 'evidence')),
      );
    },
    minutes,
  );

  it(
    'repeats a counterexample by its token, on the target that broke it and on one that does not',
    async () => {
      const folder = await emptyFolder();
      const deviate = ['--deviate', 'table.filter-or-as-and'];
      await bgop(folder, 'verify', '--only', 'table.filter', '--seed', '7', ...deviate);
      const evidence = (await resultIn(folder))?.clauses.flatMap(({ checks }) =>
        checks.flatMap((one) => one.evidence ?? []),
      );
      const token = evidence?.find((one) => one.kind === 'counterexample')?.token ?? 'none';
      expect((await bgop(folder, 'replay', token, ...deviate)).status).toBe(1);
      expect((await bgop(folder, 'replay', token)).status).toBe(0);
      expect(
        (await resultIn(folder, 'conformance-replay'))?.clauses.flatMap(({ checks }) => checks),
      ).toHaveLength(1);
    },
    3 * minutes,
  );

  it(
    'gives the same report in shards that are joined as in one piece',
    async () => {
      const folder = await emptyFolder();
      const common = ['verify', '--seed', '7', '--only', 'unknown'];
      const [one, two, whole] = [
        await bgop(folder, ...common, '--shard', '1/2', '--report', 'one'),
        await bgop(folder, ...common, '--shard', '2/2', '--report', 'two'),
        await bgop(folder, ...common, '--report', 'whole'),
      ];
      expect([one.status, two.status, whole.status], one.out + two.out + whole.out).toEqual([0, 0, 0]);
      const merged = await bgop(folder, 'report', 'merge', 'one', 'two', '--report', 'merged');
      expect(merged.status).toBe(0);
      const [joined, unsharded] = [await resultIn(folder, 'merged'), await resultIn(folder, 'whole')];
      expect(verdictsOf(joined)).toEqual(verdictsOf(unsharded));
      expect(joined?.summary).toEqual(unsharded?.summary);
      expect(joined?.run).toMatchObject({ seed: 7, only: ['unknown'] });
      expect(joined?.run.shard).toBeUndefined();
      const shards = [await resultIn(folder, 'one'), await resultIn(folder, 'two')];
      expect(joined?.run.requests).toBe(shards.reduce((sum, shard) => sum + (shard?.run.requests ?? 0), 0));
      expect(joined?.run.requests).toBeGreaterThan(0);
      const partial = await bgop(folder, 'report', 'merge', 'two', '--report', 'partial');
      expect([partial.status, partial.out]).toEqual([3, expect.stringContaining('missing is 1 of 2')]);
      const wanted = (await resultIn(folder, 'partial'))?.clauses.filter(({ id }) =>
        id.startsWith('unknown.'),
      );
      const unchecked = wanted?.filter(({ checks }) => checks.length === 0) ?? [];
      for (const { reason } of unchecked) expect(reason).toBe('no check of it is in shard 2/2');
      const twice = await bgop(folder, 'report', 'merge', 'two', 'two', '--report', 'partial');
      expect([twice.status, twice.err]).toEqual([2, expect.stringContaining('given twice')]);
    },
    3 * minutes,
  );

  it.each([
    ['before the first check', 'worker'],
    ['in the midst of the checks', ' of '],
  ])(
    'stops at Ctrl-C %s with a partial report that says so, and ends with 3',
    async (_when, said) => {
      const folder = await emptyFolder();
      const running = start(folder, ['verify']);
      await running.says(said);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.status).toBe(3);
      expect((await resultIn(folder))?.run.incomplete, ended.err).toBe('The run was interrupted.');
      expect(ended.out).toContain('Incomplete: The run was interrupted.');
    },
    2 * minutes,
  );

  it(
    'blames nobody for the check that Ctrl-C stops, and ends with 3 though it is strict',
    async () => {
      const folder = await emptyFolder();
      const asked = Promise.withResolvers<void>();
      const simulator = await startServer({ clock: 'real', requireAuth: false });
      // The looks before the run read no monitor: who does is a check.
      const target = await interfering(simulator.url, (_method, url) => {
        if (url.startsWith('/api/backgroundoperation/')) asked.resolve();
        return undefined;
      });
      const strict = ['--only', 'monitor', '--workers', '1', '--strict'];
      const running = start(folder, ['verify', '--target', target.url, ...strict]);
      await Promise.race([asked.promise, running.ended]);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      await target.close();
      await simulator.close();
      expect(ended.out).toContain('the run was interrupted during it');
      expect(ended.out).not.toContain('error of the suite');
      expect(ended.out).toContain('--strict');
      expect(ended.status).toBe(3);
    },
    2 * minutes,
  );

  it(
    'ends with 3 and a word at Ctrl-C before the run has begun',
    async () => {
      const folder = await emptyFolder();
      const asked = Promise.withResolvers<void>();
      const target = await serve(() => {
        asked.resolve();
      });
      const running = start(folder, ['verify', '--target', target.url]);
      await Promise.race([asked.promise, running.ended]);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      await target.close();
      expect(ended).toEqual({
        status: 3,
        out: '',
        err: 'bgop: interrupted before the run had begun; nothing was checked.\n',
      });
      expect(await readdir(folder)).toEqual([]);
    },
    minutes,
  );

  it(
    'ends with 3 at the second Ctrl-C, whatever it is at then',
    async () => {
      const folder = await emptyFolder();
      const running = start(folder, ['verify', '--runs', '100000', '--only', 'state,submit']);
      await running.says('worker');
      running.child.kill('SIGINT');
      // Two within half a second are one Ctrl-C that npm has passed on.
      await pause(600);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.status).toBe(3);
    },
    2 * minutes,
  );
});
