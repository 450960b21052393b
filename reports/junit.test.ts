import { describe, expect, it } from 'vitest';
import { sampleResult } from './fixtures/sample.ts';
import { junit } from './junit.ts';

describe('the JUnit file', () => {
  const result = sampleResult();
  const xml = junit(result);

  it('has a suite for each section and a case for each check', () => {
    expect(xml.match(/<testsuite /g)?.length).toBe(
      new Set(result.clauses.map(({ section }) => section)).size,
    );
    const checks = result.clauses.reduce((sum, clause) => sum + Math.max(1, clause.checks.length), 0);
    expect(xml.match(/<testcase /g)?.length).toBe(checks);
    expect(xml).toContain(`tests="${checks}"`);
  });

  it('fails for a broken MUST only; warnings and open clauses are skipped with their reason', () => {
    expect(xml.match(/<failure /g)?.length).toBe(1);
    expect(xml).toContain('message="backgroundOperationStatusCode: expected 31, got 30" type="MUST"');
    expect(xml).toContain('<skipped message="the target offers no events (target.events)">');
  });

  it('shows why a run fails where no clause does', () => {
    const why = ['--strict: 2 required clauses were not decided: a.b, a.c.', 'Incomplete: it was stopped.'];
    const of = (status: number, failed: number): string =>
      junit({
        ...result,
        summary: { ...result.summary, failed },
        run: { ...result.run, gate: { status, failed: status > 0, why } },
      });
    expect(of(1, 0)).toContain(
      '<testcase classname="gate" name="exit status 1" time="0.000"><failure message="--strict: 2',
    );
    expect(of(3, 0)).toContain(
      '<testcase classname="gate" name="exit status 3" time="0.000"><error message="--strict: 2',
    );
    expect(of(0, 0)).not.toContain('classname="gate"');
    expect(of(1, 1)).not.toContain('classname="gate"');
  });

  it('stays well-formed whatever the target said', () => {
    const reason = `"quoted" <b>&</b> \u0000\u001b[31m \ud800 ]]>\nnext`;
    const clauses = result.clauses.map((clause) => ({
      ...clause,
      reason,
      checks: clause.checks.map((check) => ({ ...check, title: reason, reason })),
    }));
    const hostile = junit({ ...result, clauses });
    for (const unwritable of ['\u0000', '\u001b']) expect(hostile).not.toContain(unwritable);
    expect(hostile.isWellFormed()).toBe(true);
    expect(hostile.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  });
});
