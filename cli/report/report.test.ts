import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import type { Result } from '../../record/result.ts';
import { writeReport } from '../../reports/write.ts';
import { main } from '../main.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'bgop report '));
const at = (name: string): string => path.join(folder, name);

async function bgop(...args: string[]): Promise<{ status: number; text: string }> {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  const status = await main(args, { out: take, err: take });
  return { status, text: lines.join('\n') };
}

const red = sampleResult({ checks: 1 });
const held = red.clauses
  .filter(({ checks }) => checks.length > 0)
  .map((clause) => ({ ...clause, verdict: 'passed' as const }));
const green: Result = {
  ...red,
  clauses: held,
  summary: {
    ...red.summary,
    passed: held.length,
    failed: 0,
    warned: 0,
    inconclusive: 0,
    notTested: 0,
    observed: 0,
    knownDeviations: 0,
  },
};
await writeReport(at('green'), green);
await writeReport(at('red'), red);

describe('bgop report', () => {
  it('compares: a gate that closes when something is newly broken', async () => {
    expect(await bgop('report', 'compare', at('green'), at('red'))).toMatchObject({
      status: 1,
      text: expect.stringContaining('Newly broken: ') as string,
    });
    expect((await bgop('report', 'compare', at('green'), at('green'))).status).toBe(0);
    expect((await bgop('report', 'compare', at('green'))).status).toBe(2);
    const json = await bgop('report', 'compare', at('green'), at('red'), '--format', 'json');
    expect(JSON.parse(json.text)).toHaveProperty('clauses');
    await bgop('report', 'compare', at('green'), at('red'), '--format', 'page', '-o', at('compare.html'));
    expect(await readFile(at('compare.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('makes a history of a folder', async () => {
    const told = await bgop('report', 'history', folder, '-o', at('history.html'));
    expect(told).toMatchObject({ status: 0 });
    expect(told.text).toContain('2 runs');
    expect(await readFile(at('history.html'), 'utf8')).toContain('<!doctype html>');
    expect(await bgop('report', 'history', at('nowhere'))).toMatchObject({ status: 2 });
  });

  it('puts a history beside the results only where nothing else is', async () => {
    await writeReport(at('kept'), red);
    const page = at('kept/history.html');
    expect(await bgop('report', 'history', at('kept'))).toMatchObject({ status: 0 });
    expect(await bgop('report', 'history', at('kept'))).toMatchObject({ status: 0 });
    await writeFile(page, '<title>Mine</title>');
    const refused = await bgop('report', 'history', at('kept'));
    expect(refused).toMatchObject({ status: 2, text: expect.stringContaining('--output') as string });
    expect(await readFile(page, 'utf8')).toBe('<title>Mine</title>');
    // A folder from elsewhere may bring a link along; what it leads to is somebody else's.
    await rm(page);
    await writeFile(at('victim'), 'precious');
    await symlink(at('victim'), page);
    expect(await bgop('report', 'history', at('kept'))).toMatchObject({ status: 2 });
    expect(await readFile(at('victim'), 'utf8')).toBe('precious');
  });

  it('packs a bundle, checks it, and notices a change', async () => {
    expect((await bgop('report', 'bundle', at('green'), at('red'), '-o', at('b.zip'))).status).toBe(0);
    expect((await bgop('report', 'verify-bundle', at('b.zip'), '--extract', at('out'))).status).toBe(0);
    expect(await readdir(at('out'))).toEqual(['1-green', '2-red', 'manifest.json']);
    const bytes = await readFile(at('b.zip'));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 255;
    await writeFile(at('b.zip'), bytes);
    expect((await bgop('report', 'verify-bundle', at('b.zip'))).status).toBe(1);
    expect((await bgop('report', 'verify-bundle', at('none.zip'))).status).toBe(2);
    expect(await bgop('report', 'verify-bundle', at('b2.zip'), '--extract', at('out'))).toMatchObject({
      status: 2,
    });
  });

  it('signs a bundle, and tells other keys, changed files and absent signatures apart', async () => {
    const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const pem = (key: KeyObject, type: 'pkcs8' | 'spki'): string =>
      key.export({ format: 'pem', type }).toString();
    await writeFile(at('ours.pub'), pem(ours.publicKey, 'spki'));
    await writeFile(at('theirs.pub'), pem(theirs.publicKey, 'spki'));
    const pack = (...more: string[]) => bgop('report', 'bundle', at('green'), '-o', at('s.zip'), ...more);
    const check = (file: string, key: string) =>
      bgop('report', 'verify-bundle', at(file), '--public-key', at(key));
    expect(await pack('--sign')).toMatchObject({
      status: 2,
      text: expect.stringContaining('openssl genpkey') as string,
    });
    vi.stubEnv('BGOP_SIGNING_KEY', 'sesame-open');
    const wrong = await pack('--sign');
    expect(wrong.status).toBe(2);
    expect(wrong.text).not.toContain('sesame');
    await pack();
    expect(await check('s.zip', 'ours.pub')).toMatchObject({
      status: 1,
      text: expect.stringContaining('not signed') as string,
    });
    vi.stubEnv('BGOP_SIGNING_KEY', pem(ours.privateKey, 'pkcs8').replaceAll('\n', '\\n'));
    expect((await pack('--sign')).text).toContain('signed with the key');
    expect(await check('s.zip', 'ours.pub')).toMatchObject({
      status: 0,
      text: expect.stringContaining('Its signature is that of') as string,
    });
    expect(await check('s.zip', 'theirs.pub')).toMatchObject({
      status: 1,
      text: expect.stringContaining('another key') as string,
    });
    expect((await check('s.zip', 'red/junit.xml')).status).toBe(2);
    const files = unzipSync(await readFile(at('s.zip')));
    const manifest = strFromU8(files['manifest.json'] ?? new Uint8Array()).replace('0.1.0', '0.1.1');
    await writeFile(at('changed.zip'), zipSync({ ...files, 'manifest.json': strToU8(manifest) }));
    expect((await bgop('report', 'verify-bundle', at('changed.zip'))).status).toBe(0);
    expect(await check('changed.zip', 'ours.pub')).toMatchObject({
      status: 1,
      text: expect.stringContaining('does not fit the manifest') as string,
    });
    vi.unstubAllEnvs();
  });

  it('takes nothing that leads out of a report or an archive', async () => {
    await cp(at('red'), at('linked'), { recursive: true });
    await writeFile(at('secret.txt'), 'secret of another');
    await rm(at('linked/junit.xml'));
    await symlink(at('secret.txt'), at('linked/junit.xml'));
    expect(await bgop('report', 'bundle', at('linked'), '-o', at('l.zip'))).toMatchObject({
      status: 2,
      text: expect.stringContaining('it is a link') as string,
    });
    for (const name of ['../out.txt', '/out.txt', 'a/../../out.txt', 'C:\\out.txt', 'a\\..\\out.txt']) {
      await writeFile(at('evil.zip'), zipSync({ [name]: strToU8('x') }));
      expect((await bgop('report', 'verify-bundle', at('evil.zip'), '--extract', at('evil'))).status).toBe(1);
      expect((await bgop('report', 'merge', folder, '--report', at('merged'))).status).toBe(2);
    }
    expect(await readdir(folder)).not.toContain('out.txt');
    expect(await readdir(folder)).not.toContain('merged');
  });

  it('says of each input why it cannot be joined, and refuses a folder of others', async () => {
    await mkdir(at('empty'));
    const inputs = [at('nowhere'), at('red'), at('empty'), at('no.txt')];
    await writeFile(at('no.txt'), '');
    const { status, text } = await bgop('report', 'merge', ...inputs, '--report', at('merged'));
    expect(status).toBe(2);
    for (const why of [
      'no such file or folder',
      'was not run with --shard',
      'holds no part of a run',
      'it is a file',
    ])
      expect(text).toContain(why);
    await mkdir(at('foreign'));
    await writeFile(at('foreign/index.html'), 'mine');
    expect((await bgop('report', 'render', at('red'), '--report', at('foreign'))).status).toBe(2);
    expect(await readFile(at('foreign/index.html'), 'utf8')).toBe('mine');
    expect((await bgop('report', 'compare', at('red'), at('red'), '-o', '/dev/full')).text).toContain(
      'no space',
    );
  });

  it.each(['markdown', 'sarif', 'ctrf', 'badge'])('renders %s', async (format) => {
    const { status, text } = await bgop('report', 'render', at('red'), '--format', format);
    expect(status).toBe(0);
    expect(text.length).toBeGreaterThan(50);
  });

  it.each([
    [['-o', 'x.html'], 'add --format'],
    [['--format', 'badge', '--report', 'x'], 'leave out --format badge'],
  ])('refuses %j, of which a part would be ignored', async (options, advice) => {
    const { status, text } = await bgop('report', 'render', at('red'), ...options);
    expect({ status, text }).toEqual({ status: 2, text: expect.stringContaining(advice) as string });
  });

  it('renders the page again', async () => {
    expect((await bgop('report', 'render', at('red/conformance.json'), '--report', at('again'))).status).toBe(
      0,
    );
    expect(await readdir(at('again'))).toContain('index.html');
  });

  it('says what is wrong with a file that is no result', async () => {
    await writeFile(at('no.json'), '{}');
    const { status, text } = await bgop('report', 'render', at('no.json'));
    expect(status).toBe(2);
    expect(text).toContain('no.json');
  });
});
