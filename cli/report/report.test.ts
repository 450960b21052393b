import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import type { Result } from '../../reports/result.ts';
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
  });

  it.each(['markdown', 'sarif', 'ctrf', 'badge'])('renders %s', async (format) => {
    const { status, text } = await bgop('report', 'render', at('red'), '--format', format);
    expect(status).toBe(0);
    expect(text.length).toBeGreaterThan(50);
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
