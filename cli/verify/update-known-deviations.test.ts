import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clauses } from '../../contract/clauses.ts';
import type { RawCheck } from '../../record/outcome.ts';
import type { Result } from '../../record/result.ts';
import { deriveResult } from '../../reports/verdict.ts';
import { knownDeviationsFor } from './known-deviations.ts';
import { updateKnownDeviations } from './update-known-deviations.ts';

const now = new Date('2026-06-15T12:00:00Z');
const entry = { clause: 'monitor.ok', reason: 'legacy', owner: 'team-a', expires: '2026-12-31' };
type Entry = typeof entry & { pattern?: string };

async function listOf(entries: readonly Entry[]): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'bgop known ')), 'known.json');
  await writeFile(file, JSON.stringify(entries));
  return file;
}

const check = (clause: string, outcome: RawCheck['outcome'], reason?: string): RawCheck => ({
  clause,
  title: 'a check',
  file: 'a.spec.ts',
  line: 1,
  outcome,
  reason: reason ?? 'expected 200, got 500',
  startedAt: now.toISOString(),
  durationMs: 1,
  evidence: [],
});

const duties = clauses.filter(({ id }) => ['monitor.ok', 'monitor.json', 'monitor.codes'].includes(id));

/** Of a run of these clauses that is complete, unless `run` says more. */
function resultOf(checks: RawCheck[], run: Partial<Result['run']> = {}): Result {
  const result = deriveResult({
    suite: { name: 's', version: '1' },
    target: { name: 't', kind: 'url', url: 'http://t' },
    run: { startedAt: now.toISOString(), durationMs: 1, seed: 1, runs: 1, ...run },
    checks,
    clauses: duties.filter(({ id }) => checks.some(({ clause }) => clause === id)),
  });
  expect(result.run.incomplete).toBe(run.incomplete);
  return result;
}

/** What the file holds after the update, and what was said. */
async function updated(entries: readonly Entry[], result: Result, leftOut?: ReadonlySet<string>) {
  const file = await listOf(entries);
  const [said = ''] = await updateKnownDeviations(file, result, {
    now,
    ...(leftOut === undefined ? {} : { leftOut }),
  });
  return { file, said, written: JSON.parse(await readFile(file, 'utf8')) as Entry[] };
}

describe('the list of known deviations, brought in line with a run', () => {
  it('gains what fails, loses what holds, and keeps the rest', async () => {
    const { said, written, file } = await updated(
      [entry, { ...entry, clause: 'monitor.json' }],
      resultOf([
        check('monitor.ok', 'passed'),
        check('monitor.json', 'failed'),
        check('monitor.codes', 'failed'),
      ]),
    );
    expect(said).toContain('1 added, 1 dropped, 0 changed, 1 kept');
    expect(written.map(({ clause }) => clause)).toEqual(['monitor.json', 'monitor.codes']);
    expect(await knownDeviationsFor(file, false, now)).not.toHaveProperty('problems');
  });

  const held = check('monitor.ok', 'passed');
  it.each<[string, Result, ReadonlySet<string>?]>([
    ['only one shard was run', resultOf([held], { shard: '1/4' })],
    ['the run was interrupted', resultOf([held], { incomplete: 'The run was interrupted.' })],
    ['a branch of it was not tested', resultOf([held, check('monitor.ok', 'not-tested')])],
    ['only a check of another clause touched it', resultOf([held]), new Set(['monitor.ok'])],
  ])('loses nothing when %s', async (_when, result, leftOut) => {
    const { said, written } = await updated([entry], result, leftOut);
    expect(said).toContain('0 added, 0 dropped, 0 changed, 1 kept');
    expect(written).toEqual([entry]);
  });

  it('renews an entry that has expired and still fails', async () => {
    const old = { ...entry, expires: '2026-06-01', pattern: 'got 5' };
    const { said, written, file } = await updated([old], resultOf([check('monitor.ok', 'failed')]));
    expect(said).toContain('0 added, 0 dropped, 1 changed, 0 kept');
    expect(written).toEqual([{ ...old, expires: '2026-07-15' }]);
    expect(await knownDeviationsFor(file, false, now)).not.toHaveProperty('problems');
  });

  it('replaces a pattern that nothing matches any more by one that fits', async () => {
    const reasons = ['expected 200 (OK), got 500 within 3 s', 'expected {"a":1}, got nothing'];
    const checks = reasons.map((reason) => check('monitor.ok', 'failed', reason));
    const { said, written } = await updated([{ ...entry, pattern: 'got 404' }], resultOf(checks));
    expect(said).toContain('1 changed');
    const { pattern, ...rest }: Entry = written[0] ?? entry;
    expect(rest).toEqual(entry);
    expect(pattern).toBe('expected 200 \\(OK\\), got 500 within .+|expected \\{"a":1\\}, got nothing');
    for (const reason of reasons) expect(reason).toMatch(new RegExp(pattern ?? 'none', 'u'));
  });

  it('keeps what a pattern described where that still happens, or was not looked at', async () => {
    const known = { ...entry, pattern: 'got 404' };
    const other = check('monitor.ok', 'failed', 'got 500');
    const both = await updated([known], resultOf([check('monitor.ok', 'failed', 'got 404'), other]));
    expect(both.written[0]?.pattern).toBe('got 404|got 500');
    const part = await updated([known], resultOf([other], { shard: '1/2' }));
    expect(part.written[0]?.pattern).toBe('got 404|got 500');
  });
});
