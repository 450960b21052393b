import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../record/evidence.ts';
import type { Result } from '../record/result.ts';
import { sampleResult } from './fixtures/sample.ts';
import { withEvidenceFiles } from './place-evidence.ts';

const pieces: readonly Evidence[] = [{ kind: 'remark', text: 'kept' }];
const sample = sampleResult({ checks: 1 });
const clause = sample.clauses.find(({ verdict }) => verdict === 'passed');
const name = `${clause?.id ?? ''}-1.json`;

/** A result whose one check has its evidence in that file. */
function naming(evidenceFile: string): Result {
  const check = { title: '', file: '', outcome: 'passed' as const, durationMs: 1, evidenceFile };
  return { ...sample, clauses: clause === undefined ? [] : [{ ...clause, checks: [check] }] };
}

async function found(evidenceFile: string): Promise<readonly Evidence[] | undefined> {
  const { clauses } = await withEvidenceFiles(path.join(folder, 'report'), naming(evidenceFile));
  return clauses[0]?.checks[0]?.evidence;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bgop evidence '));
  await mkdir(path.join(folder, 'report'));
  await mkdir(path.join(folder, 'elsewhere'));
  await writeFile(path.join(folder, 'elsewhere', name), JSON.stringify(pieces));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('evidence in files of its own', () => {
  it('is taken along', async () => {
    await mkdir(path.join(folder, 'report/evidence'));
    await writeFile(path.join(folder, 'report/evidence', name), JSON.stringify(pieces));
    expect(await found(`evidence/${name}`)).toEqual(pieces);
    expect(await found('evidence/other-1.json')).toBeUndefined();
  });

  it('is nothing where the file holds something else', async () => {
    await mkdir(path.join(folder, 'report/evidence'));
    await writeFile(path.join(folder, 'report/evidence', name), '{"kind":"remark"}');
    expect(await found(`evidence/${name}`)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('is not read through a link', async () => {
    await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'report/evidence'));
    expect(await found(`evidence/${name}`)).toBeUndefined();
    await rm(path.join(folder, 'report/evidence'));
    await mkdir(path.join(folder, 'report/evidence'));
    await symlink(path.join(folder, 'elsewhere', name), path.join(folder, 'report/evidence', name));
    expect(await found(`evidence/${name}`)).toBeUndefined();
  });
});
