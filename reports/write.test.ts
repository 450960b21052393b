import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleResult } from './fixtures/sample.ts';
import { readResult } from './read-result.ts';
import type { Result } from '../record/result.ts';
import { writeReport } from './write.ts';

async function folder(): Promise<string> {
  return await mkdtemp(path.join(tmpdir(), 'bgop report '));
}

async function resultIn(directory: string) {
  return readResult(await readFile(path.join(directory, 'conformance.json'), 'utf8'));
}

describe('a report', () => {
  const result = sampleResult({ checks: 1, sections: ['cancel', 'submit'] });

  it('is three files, and a folder of evidence when that was asked for', async () => {
    const plain = await folder();
    await writeReport(plain, result);
    expect((await readdir(plain)).sort()).toEqual(['conformance.json', 'index.html', 'junit.xml']);
    const more = await folder();
    await writeReport(more, result, { evidence: true });
    expect(await readdir(path.join(more, 'evidence'))).toContain('submit.accepted-1.json');
  });

  it('leaves nothing of the one that stood there before', async () => {
    const directory = await folder();
    await mkdir(path.join(directory, 'evidence'));
    await writeFile(path.join(directory, 'evidence', 'submit.old-1.json'), '[]');
    await writeReport(directory, result);
    expect(await readdir(directory)).not.toContain('evidence');
  });

  it('leaves what others keep beside its evidence', async () => {
    const directory = await folder();
    await mkdir(path.join(directory, 'evidence'));
    for (const name of ['own.txt', 'submit.old-1.json'])
      await writeFile(path.join(directory, 'evidence', name), 'own');
    await writeReport(directory, result);
    expect(await readdir(path.join(directory, 'evidence'))).toEqual(['own.txt']);
  });

  it('is written again from its own files without losing evidence, elsewhere too', async () => {
    const directory = await folder();
    await writeReport(directory, result, { evidence: true });
    const before = await readFile(path.join(directory, 'index.html'), 'utf8');
    await writeReport(directory, await resultIn(directory));
    expect((await readFile(path.join(directory, 'index.html'), 'utf8')) === before).toBe(true);
    const other = await folder();
    await writeReport(other, await resultIn(directory), { source: directory });
    expect((await readFile(path.join(other, 'index.html'), 'utf8')) === before).toBe(true);
    expect((await readdir(path.join(other, 'evidence'))).length).toBe(
      (await readdir(path.join(directory, 'evidence'))).length,
    );
  });

  it('is written though it does not follow its schema, and is not called complete then', async () => {
    const broken = { ...result, clauses: result.clauses.map((clause) => ({ ...clause, checks: [] })) };
    const directory = await folder();
    await writeReport(directory, broken);
    const text = await readFile(path.join(directory, 'conformance.json'), 'utf8');
    expect((JSON.parse(text) as Result).run.incomplete).toContain('please report it');
  });

  it('is written as far as it can be, and what cannot is named', async () => {
    const directory = await folder();
    for (const name of ['index.html', 'junit.xml'])
      await mkdir(path.join(directory, name, 'own'), { recursive: true });
    await expect(writeReport(directory, result)).rejects.toThrow(
      /index\.html could not be written: .*junit\.xml/,
    );
    expect((await resultIn(directory)).summary).toEqual(result.summary);
    expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('neither writes nor reads through a link', async () => {
    const [directory, other] = [await folder(), await folder()];
    await symlink(other, path.join(directory, 'evidence'));
    await expect(writeReport(directory, result, { evidence: true })).rejects.toThrow(
      'evidence could not be written: it is a link',
    );
    expect(await readdir(other)).toEqual([]);
    const real = await folder();
    await writeReport(real, result, { evidence: true });
    const [name = ''] = await readdir(path.join(real, 'evidence'));
    await writeFile(path.join(other, 'secret.json'), '[{"kind":"remark","text":"secret of another"}]');
    await rm(path.join(real, 'evidence', name));
    await symlink(path.join(other, 'secret.json'), path.join(real, 'evidence', name));
    const copy = await folder();
    await writeReport(copy, await resultIn(real), { source: real });
    expect(await readFile(path.join(copy, 'index.html'), 'utf8')).not.toContain('secret of another');
  });
});
