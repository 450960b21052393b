import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import { writeReport } from '../../reports/write.ts';
import { removeStaleReport } from './stale-report.ts';

const written = await mkdtemp(path.join(tmpdir(), 'bgop report '));
await writeReport(written, sampleResult({ checks: 1, sections: ['cancel', 'submit'] }), { evidence: true });

/** A folder with these files, each with its own name in it. */
async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop stale '));
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), name);
  }
  return folder;
}

/** Of a run that ended, with these files besides. */
async function reportWith(...names: string[]): Promise<string> {
  const folder = await folderWith(...names);
  await cp(written, folder, { recursive: true });
  return folder;
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

describe('the report of an earlier run', () => {
  it('is removed with all that belongs to it, and nothing else', async () => {
    const ours = ['summary.md', 'badge.json', 'container.log', 'index.html.7.tmp', 'blob/shard-1-of-2.zip'];
    const folder = await reportWith(...ours);
    await removeStaleReport(folder);
    expect(await filesIn(folder)).toEqual([]);
    const own = ['blob', 'blob/own.zip', 'evidence', 'evidence/own.txt', 'notes.txt', 'own.html.7.tmp'];
    const shared = await reportWith('blob/own.zip', 'evidence/own.txt', 'notes.txt', 'own.html.7.tmp');
    await removeStaleReport(shared);
    expect(await filesIn(shared)).toEqual(own);
  });

  it.each([['conformance.json'], ['conformance.json', 'junit.xml', 'index.html']])(
    'is removed where the run was killed before it had written %j and more',
    async (...missing) => {
      const folder = await reportWith('junit.xml.7.tmp', 'blob/shard-2-of-2.zip');
      for (const name of missing) await rm(path.join(folder, name));
      await removeStaleReport(folder);
      expect(await filesIn(folder)).toEqual([]);
    },
  );

  it('is removed where only its page or a log is left', async () => {
    const page = await folderWith('container.log');
    await cp(path.join(written, 'index.html'), path.join(page, 'index.html'));
    await removeStaleReport(page);
    expect(await filesIn(page)).toEqual([]);
    const log = await folderWith('container.log');
    await removeStaleReport(log);
    expect(await filesIn(log)).toEqual([]);
  });

  it('may be missing', async () => {
    await removeStaleReport(path.join(written, 'nowhere'));
    await removeStaleReport(await folderWith());
  });

  it.each([
    ['conformance.json'],
    ['index.html'],
    ['index.html/own.txt'],
    ['evidence/own.txt'],
    ['evidence'],
    ['junit.xml'],
    ['badge.json'],
  ])('is not in a folder with a foreign %s, which is refused and left alone', async (name) => {
    const folder = await folderWith(name, 'container.log');
    const before = await filesIn(folder);
    await expect(removeStaleReport(folder)).rejects.toThrow('Name another folder.');
    expect(await filesIn(folder)).toEqual(before);
  });

  it('is not the result of something else', async () => {
    const folder = await folderWith('notes.txt');
    const other = { schemaVersion: 1, suite: { name: 'another', version: '1' } };
    await writeFile(path.join(folder, 'conformance.json'), JSON.stringify(other));
    await expect(removeStaleReport(folder)).rejects.toThrow('conformance.json there is not of a report');
  });
});
