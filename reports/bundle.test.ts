import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { reportContents } from './bundle-files.ts';
import { bundle, verifyBundle, withoutSecrets } from './bundle.ts';
import { sampleResult } from './fixtures/sample.ts';
import { render } from './render.ts';
import { readResult } from './read-result.ts';
import { writeReport } from './write.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'bgop bundle '));
await writeReport(folder, sampleResult({ checks: 1, sections: ['cancel', 'submit'] }), { evidence: true });
await writeFile(path.join(folder, 'private.txt'), 'stays out');
const input = {
  files: await reportContents(folder, 'report/'),
  configuration: { target: { auth: { kind: 'bearer', tokenEnv: 'BGOP_TOKEN', token: 'abc' } } },
  versions: { suite: '0.1.0' },
  createdAt: '2026-01-01T00:00:00.000Z',
};
const archive = bundle(input);

describe('a bundle', () => {
  it('holds the report with its evidence, and nothing else that lies there', () => {
    const names = Object.keys(unzipSync(archive));
    expect(names).toContain('manifest.json');
    expect(names).toContain('report/conformance.json');
    expect(names).toContain('report/evidence/submit.accepted-1.json');
    expect(names.join()).not.toContain('private.txt');
  });

  it('verifies, and makes the page again', () => {
    expect(verifyBundle(archive)).toMatchObject({ results: ['report/conformance.json'], problems: [] });
    const text = strFromU8(unzipSync(archive)['report/conformance.json'] ?? new Uint8Array());
    expect(render(readResult(text))).toContain('contoso-dev');
  });

  it('has the same bytes for the same input', () => {
    expect(Buffer.from(bundle(input)).equals(Buffer.from(archive))).toBe(true);
  });

  it('tells what was changed, added or taken away', () => {
    const files = unzipSync(archive);
    const problems = (changed: Record<string, Uint8Array | undefined>): readonly string[] => {
      const kept = Object.entries({ ...files, ...changed }).flatMap(([name, bytes]) =>
        bytes === undefined ? [] : [[name, bytes] as const],
      );
      return verifyBundle(zipSync(Object.fromEntries(kept))).problems;
    };
    expect(problems({ 'report/junit.xml': strToU8('<x/>') })).toEqual([
      'report/junit.xml was changed: its SHA-256 is another.',
    ]);
    expect(problems({ 'report/junit.xml': undefined })).toEqual(['report/junit.xml is missing.']);
    expect(problems({ 'more.txt': strToU8('x') })).toEqual(['more.txt is not in the manifest.']);
    expect(problems({ 'manifest.json': undefined })[0]).toContain('has no manifest.json');
    expect(problems({ 'report/conformance.json': strToU8('{}') })[1]).toContain('no schemaVersion');
    expect(verifyBundle(strToU8('no archive')).problems[0]).toContain('not a bundle');
  });

  it('carries no secret of the configuration', () => {
    expect(
      withoutSecrets({
        clientSecret: 's',
        clientSecretEnv: 'NAME',
        url: 'https://me:pass@host/',
        nested: [{ password: 'p' }],
      }),
    ).toEqual({
      clientSecret: '«masked»',
      clientSecretEnv: 'NAME',
      url: 'https://«masked»@host/',
      nested: [{ password: '«masked»' }],
    });
    expect(strFromU8(unzipSync(archive)['configuration.json'] ?? new Uint8Array())).not.toContain('abc');
  });

  it('carries no value of the environment of a container, whatever its name', () => {
    const env = {
      PASS: 'p',
      CERTIFICATE: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
      HOOK: 'https://hooks.example/services/T0/secret',
    };
    expect(withoutSecrets({ target: { kind: 'container', image: 'a', env } })).toEqual({
      target: {
        kind: 'container',
        image: 'a',
        env: { PASS: '«masked»', CERTIFICATE: '«masked»', HOOK: '«masked»' },
      },
    });
    expect(withoutSecrets({ dbPass: 'p', pwd: 'q' })).toEqual({ dbPass: '«masked»', pwd: '«masked»' });
  });
});
