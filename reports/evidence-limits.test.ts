import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../record/evidence.ts';
import { sampleResult } from './fixtures/sample.ts';
import { pageChunks } from './page-chunks.ts';
import { placeEvidence } from './place-evidence.ts';
import { pageBytes, render } from './render.ts';
import { shortenEvidence } from './shorten-evidence.ts';

const long: Evidence = {
  kind: 'received',
  at: '2026-01-01T00:00:00.000Z',
  purpose: 'callback',
  method: 'POST',
  url: '/callback',
  headers: [],
  body: { text: 'ä'.repeat(100) },
  answered: '200',
};
const mismatch: Evidence = { kind: 'mismatch', subject: 'x', expected: '1', actual: '2' };

describe('evidence that is too long for the page', () => {
  it('is cut, and says how long it was and its hash', () => {
    const { evidence, shortened } = shortenEvidence([long], { body: 10, entries: 5 });
    expect(evidence[0]).toMatchObject({ body: { text: 'ä'.repeat(10), cut: { bytes: 200 } } });
    expect(shortened).toBe('one long text is cut');
  });

  it('keeps what explains the failure, and the beginning and the end of the rest', () => {
    const all = [mismatch, ...Array.from({ length: 40 }, () => ({ ...long }))];
    const { evidence, shortened } = shortenEvidence(all, { body: 1000, entries: 9 });
    expect(evidence[0]).toBe(mismatch);
    expect(evidence).toHaveLength(9);
    expect(evidence[1]).toBe(all[1]);
    expect(evidence.at(-1)).toBe(all.at(-1));
    expect(shortened).toBe('32 of 41 pieces of evidence are left out');
  });

  it('keeps the exchange that a mismatch names', () => {
    const all = [
      { ...mismatch, exchange: 20 },
      ...Array.from({ length: 40 }, (_, id) => ({ ...long, id })),
    ] as Evidence[];
    const { evidence } = shortenEvidence(all, { body: 100_000, entries: 9 });
    expect(evidence).toHaveLength(9);
    expect(evidence).toContain(all[21]);
  });

  it('gives way to the budget, that of passed checks first', () => {
    const result = sampleResult({ checks: 3, sections: ['cancel'] });
    const unpacked = (budget: number) =>
      JSON.parse(
        gunzipSync(
          Buffer.from(pageChunks(result, budget).get('cancel.terminal-message') ?? '', 'base64'),
        ).toString(),
      ) as {
        evidence: unknown[];
      }[];
    const [failed, passed] = unpacked(Number.POSITIVE_INFINITY);
    expect(failed?.evidence.length).toBeGreaterThan(10);
    expect(passed?.evidence.length).toBeGreaterThan(10);
    const [tight, none] = unpacked(20_000);
    expect(tight?.evidence.length).toBeGreaterThan(10);
    expect(none?.evidence.length).toBe(0);
  });

  it('never makes the page larger than its limit', () => {
    const sample = sampleResult({ checks: 1, sections: ['cancel'] });
    // Of each body 16,384 characters are kept at first, and none of these can be packed any smaller.
    const evidence = Array.from({ length: 150 }, () => ({
      ...long,
      body: { text: randomBytes(12_288).toString('base64') },
    }));
    const clauses = sample.clauses.map((clause) =>
      clause.verdict === 'failed'
        ? { ...clause, checks: clause.checks.map((check) => ({ ...check, evidence })) }
        : clause,
    );
    const result = { ...sample, clauses };
    const packed = [...pageChunks(result, Number.POSITIVE_INFINITY).values()];
    expect(packed.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(pageBytes);
    expect(Buffer.byteLength(render(result))).toBeLessThanOrEqual(pageBytes);
  });
});

describe('the place of evidence', () => {
  it('is the result file for what did not pass, and a file of its own for what did, when asked for', () => {
    const result = sampleResult();
    const without = placeEvidence(result, { passed: false });
    const checks = without.file.clauses.flatMap((clause) => clause.checks);
    expect(checks.every((check) => check.outcome !== 'passed' || check.evidence === undefined)).toBe(true);
    expect(checks.some((check) => check.evidence !== undefined)).toBe(true);
    expect(without.evidence.size).toBe(0);
    const asked = placeEvidence(result, { passed: true });
    expect(asked.evidence.has('evidence/submit.accepted-1.json')).toBe(true);
    expect(asked.file.clauses[0]?.checks[0]).toMatchObject({
      evidenceFile: 'evidence/submit.accepted-1.json',
    });
  });
});
