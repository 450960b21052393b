import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleResult } from '../reports/fixtures/sample.ts';
import { writeReport } from '../reports/write.ts';
import { bgop, emptyFolder, serve, start } from './fixtures/bgop.ts';

/** Ends with this status after one clear message, and leaves no result behind. */
async function refuses(args: string[], status: number, message: string): Promise<void> {
  const folder = await emptyFolder();
  const ended = await bgop(folder, ...args);
  expect(ended.err).toContain(message);
  expect(ended.status).toBe(status);
  expect(ended.err).not.toContain('    at ');
  expect(await readdir(folder)).toEqual([]);
}

describe('wrong usage', () => {
  it.each([
    [['verify', '--onyl', 'x'], 'Did you mean --only?'],
    [['verify', '--only', 'submit.locaton'], 'Did you mean "submit.location"'],
    [['verify', '--seed', '-1'], 'Wanted a whole number'],
    [['verify', '--shard', '3/2'], 'Wanted I/N'],
    [['self-test', '--only', 'cancel,retyr'], 'no deviation is called "retyr"'],
    [['verify', '--require', 'cancle'], 'Did you mean "cancel"?'],
    [['verify', '--target', 'contoso'], 'expected "simulator" or an http or https address'],
    [['verify', '--target', 'ftp://contoso'], 'target.url'],
    [['verify', '--config', 'nowhere.json'], 'no such file'],
    [['verify', '--deviate', 'no.such.thing'], 'expected the name of a deviation'],
    [['verify', '--last-failed'], 'there is no result in conformance-report'],
    [['verify', '--update-known-deviations'], '--known-deviations FILE'],
    [
      ['verify', '--target', 'http://x', '--workers', '2', '--deviate', 'x'],
      '--deviate is for the embedded simulator',
    ],
    [['verify', '--report', '/dev/null'], 'no report can be written there'],
    [['simulate', '--write-config', '/dev/null/config.json'], 'the file cannot be written'],
    [['simulate', '--quiet', '--verbose'], 'cannot be used with'],
    [['simulate', '--clock', 'vrtual'], 'Allowed choices are real, virtual'],
    [['simulate', '--deviate', 'no.such.thing'], 'no deviation is called "no.such.thing"'],
    [['simulate', '--tls-cert', 'x'], 'belong together'],
    [['simulate', '--organization', 'a.b'], 'has to be a host name without a dot'],
    [['simulate', '--organization', 'a=b'], 'after "=" stands a port'],
    [['simulate', '--tls-port', '0'], '--tls-port needs a certificate'],
    [['simulate', '--self-signed', '--tls-cert', 'x'], 'leave out --tls-cert'],
    [['simulate', '--self-signed', '/dev/null/x'], 'the certificate cannot be kept'],
    [['clauses', 'explain', 'cancel.terminal-mesage'], 'Did you mean "cancel.terminal-message"'],
    [['clauses', '--section', 'cancle'], 'Did you mean "cancel"?'],
    [['report', 'merge', 'nowhere'], 'nowhere holds no part of a run'],
    [['simulate', '--port', '0', '--write-config', '/dev/full'], 'no space is left'],
    [['verify', '--report', '/proc/none/x'], 'no report can be written there'],
    [['self-test', '--report', '/dev/null/x'], 'no report can be written there'],
    [['self-test', '--matrix', '/dev/full'], 'no space is left'],
    [['report', 'render', 'nowhere'], 'nowhere does not exist'],
    [['replay', 'abc'], 'this is not a replay token'],
    [['frobnicate'], "unknown command 'frobnicate'"],
  ])('%j ends with 2', async (args, message) => {
    await refuses(args, 2, message);
  });

  it('names each wrong key of a configuration', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'bgop.config.json'), '{"target":{"kind":"url"},"slwo":true}');
    const ended = await bgop(folder, 'verify');
    expect(ended.status).toBe(2);
    expect(ended.err).toContain('bgop.config.json: Missing "target.url"');
    expect(ended.err).toContain(
      'bgop.config.json: slwo: found a key that means nothing here, expected no such key. Did you mean "slow"?',
    );
  });

  it('refuses a malformed list of known deviations before it looks for the target', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'known.json'), '[{"clause":"monitor.ok"}]');
    const ended = await bgop(
      folder,
      ...['verify', '--target', 'http://127.0.0.1:9', '--known-deviations', 'known.json'],
    );
    expect(ended.err).toContain('known.json: Missing "0.reason": say why the target may deviate.');
    expect(ended.err).not.toContain('run ');
    expect(ended.status).toBe(2);
  });

  it('names the environment variable of a secret that is missing', async () => {
    const folder = await emptyFolder();
    const auth = { kind: 'bearer', tokenEnv: 'BGOP_ABSENT_TOKEN' };
    await writeFile(
      path.join(folder, 'c.json'),
      JSON.stringify({ target: { kind: 'url', url: 'http://127.0.0.1:9', auth } }),
    );
    const ended = await bgop(folder, 'verify', '--config', 'c.json');
    expect(ended.status).toBe(2);
    expect(ended.err).toContain('export BGOP_ABSENT_TOKEN=');
  });
});

describe('a target out of reach', () => {
  it('ends with 3 when nothing listens', async () => {
    await refuses(['verify', '--target', 'http://127.0.0.1:9'], 3, 'Nothing listens there');
  });

  it('ends with 3 when the host is unknown', async () => {
    await refuses(['verify', '--target', 'http://no-such-host.invalid'], 3, 'the target cannot be reached');
  });

  it.each<[what: string, answer: string | Buffer, message: string]>([
    ['does not tell the time', '<html>', 'expected 200 with {"now":"…"}'],
    [
      'is compressed',
      gzipSync('{"now":"2026-01-01T00:00:00Z"}'),
      'is compressed (gzip), though that was not asked for',
    ],
  ])('ends with 3 when the clock %s', async (_what, answer, message) => {
    const folder = await emptyFolder();
    const target = await serve((_request, response) => response.end(answer));
    const clock = { kind: 'virtual', url: '/clock' };
    await writeFile(
      path.join(folder, 'c.json'),
      JSON.stringify({ target: { kind: 'url', url: target.url, clock } }),
    );
    const ended = await bgop(folder, 'verify', '--config', 'c.json');
    await target.close();
    expect(ended.status).toBe(3);
    expect(ended.err).toContain('the virtual clock does not tell the time');
    expect(ended.err).toContain(message);
  });

  const unreachable = ['verify', '--target', 'http://127.0.0.1:9', '--report', 'out'];

  /** A folder with a report in which a clause is broken, and notes of its owner. */
  async function withReport(): Promise<{ folder: string; out: string }> {
    const folder = await emptyFolder();
    const out = path.join(folder, 'out');
    await writeReport(out, sampleResult({ checks: 1 }), { evidence: true });
    await writeFile(path.join(out, 'notes.txt'), 'own');
    return { folder, out };
  }

  it('takes away the report of an earlier run', async () => {
    const { folder, out } = await withReport();
    expect((await bgop(folder, ...unreachable)).status).toBe(3);
    expect(await readdir(out)).toEqual(['notes.txt']);
  });

  it('leaves what --last-failed reads', async () => {
    const { folder, out } = await withReport();
    const before = await readdir(out);
    expect((await bgop(folder, ...unreachable, '--last-failed')).status).toBe(3);
    expect(await readdir(out)).toEqual(before);
  });

  it.each([
    [['--require', 'typo']],
    [['--only', 'typo']],
    [['--deviate', 'typo']],
    [['--config', 'typo.json']],
    [['--known-deviations', 'typo.json']],
    [['--format', 'json']],
  ])('is not asked, and the earlier report stays, with %j', async (wrong) => {
    const { folder, out } = await withReport();
    const before = await readdir(out);
    expect((await bgop(folder, ...unreachable.slice(0, 1), '--report', 'out', ...wrong)).status).toBe(2);
    expect(await readdir(out)).toEqual(before);
  });

  it('is not asked when the report would take the place of files of others', async () => {
    const folder = await emptyFolder();
    await mkdir(path.join(folder, 'out', 'evidence'), { recursive: true });
    await writeFile(path.join(folder, 'out', 'index.html'), 'hi');
    await writeFile(path.join(folder, 'out', 'evidence', 'own.txt'), 'own');
    const ended = await bgop(folder, ...unreachable);
    expect(ended.err).toContain('index.html there is not of a report of this suite');
    expect(ended.err).toContain('Name another folder');
    expect(ended.status).toBe(2);
    expect((await readdir(path.join(folder, 'out'))).sort()).toEqual(['evidence', 'index.html']);
    expect(await readdir(path.join(folder, 'out', 'evidence'))).toEqual(['own.txt']);
  });
});

describe('help and listings', () => {
  it.each(
    [
      [],
      ['init'],
      ['doctor'],
      ['verify'],
      ['cleanup'],
      ['simulate'],
      ['clauses'],
      ['clauses', 'explain'],
      ['report', 'merge'],
      ['self-test'],
      ['replay'],
      ['report', 'compare'],
      ['report', 'bundle'],
    ].map((words) => [words]),
  )('%j --help shows an example', async (words) => {
    const ended = await bgop(await emptyFolder(), ...words, '--help');
    expect(ended.status).toBe(0);
    expect(ended.out).toMatch(/Examples?:/);
  });

  it('prints the version', async () => {
    expect(await bgop(await emptyFolder(), '--version')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it('lists the catalogue as a table, as JSON and as Markdown', async () => {
    const folder = await emptyFolder();
    expect((await bgop(folder, 'clauses', '--section', 'cancel')).out).toContain('cancel.terminal-message');
    const listed = JSON.parse((await bgop(folder, 'clauses', '--format', 'json', '--level', 'MUST')).out) as {
      clauses: { level: string; source: string }[];
    };
    expect(listed.clauses.length).toBeGreaterThan(100);
    expect(
      listed.clauses.every(({ level, source }) => level === 'MUST' && source.startsWith('https://')),
    ).toBe(true);
    expect((await bgop(folder, 'clauses', '--format', 'markdown')).out).toContain(
      '| `submit.accepted` | MUST |',
    );
    expect((await bgop(folder, 'clauses', 'explain', 'submit.location')).out).toContain(
      'npx background-operations-conformance verify --only submit.location',
    );
  });
});

describe('bgop simulate', () => {
  it('says when it is ready, serves, writes a configuration and ends by a signal', async () => {
    const folder = await emptyFolder();
    const running = start(folder, ['simulate', '--clock', 'virtual', '--write-config', 'c.json']);
    await running.says('listening on http://127.0.0.1:');
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ status: 0, err: '' });
    expect(await readdir(folder)).toEqual(['c.json']);
  });

  it('serves https with a certificate that it keeps', async () => {
    const folder = await emptyFolder();
    const certificates: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const running = start(folder, ['simulate', '--tls-port', '0', '--self-signed', 'kept']);
      await running.says('listening on https://127.0.0.1:');
      running.child.kill('SIGTERM');
      expect((await running.ended).status).toBe(0);
      certificates.push(await readFile(path.join(folder, 'kept/simulator.crt'), 'utf8'));
    }
    expect(certificates[0]).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(certificates[1]).toBe(certificates[0]);
  });

  it('says so when the port is taken', async () => {
    const taken = await serve((_request, response) => response.end());
    const ended = await bgop(await emptyFolder(), 'simulate', '--port', new URL(taken.url).port);
    await taken.close();
    expect(ended).toMatchObject({ status: 3 });
    expect(ended.err).toContain('is taken');
  });
});
