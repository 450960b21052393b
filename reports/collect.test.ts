import { describe, expect, it } from 'vitest';
import { passedOver, rawChecks, unrunChecks, type EndedResult, type EndedTest } from './collect.ts';

const test: EndedTest = {
  title: 'a check',
  location: { file: '/suite/scenarios/cancel.spec.ts', line: 7, column: 1 },
  annotations: [
    { type: 'clause', description: 'cancel.twice' },
    { type: 'branch', description: 'after success' },
  ],
  timeout: 2000,
};

function ended(more: Partial<EndedResult>, told?: object): EndedResult {
  return {
    status: 'passed',
    errors: [],
    startTime: new Date('2026-01-01T00:00:00.000Z'),
    duration: 12.4,
    annotations: [],
    attachments:
      told === undefined
        ? []
        : [{ name: 'bgop-check', contentType: 'application/json', body: Buffer.from(JSON.stringify(told)) }],
    ...more,
  };
}

function outcomeOf(more: Partial<EndedResult>, told?: object) {
  const [check] = rawChecks(test, ended(more, told), '/suite');
  return { outcome: check?.outcome, reason: check?.reason };
}

describe('the raw check of a test', () => {
  it('joins what the harness told with what Playwright knows', () => {
    const [check] = rawChecks(test, ended({}, { outcome: 'passed', evidence: [] }), '/suite');
    expect(check).toEqual({
      clause: 'cancel.twice',
      title: 'a check',
      file: 'scenarios/cancel.spec.ts',
      line: 7,
      branch: 'after success',
      outcome: 'passed',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 12,
      evidence: [],
    });
  });

  it('is an error of the suite where the harness handed over no record', () => {
    for (const told of [{ outcome: 'splendid', evidence: [] }, { evidence: [] }, ['passed']])
      expect(outcomeOf({}, told)).toEqual({
        outcome: 'error',
        reason: 'what the check left behind cannot be read: it has not the form of a record',
      });
  });

  it('is made once for each clause that the test names', () => {
    const both = {
      ...test,
      annotations: [...test.annotations, { type: 'clause', description: 'cancel.race' }],
    };
    const checks = rawChecks(both, ended({}, { outcome: 'passed', evidence: [] }), '/suite');
    expect(checks.map(({ clause }) => clause)).toEqual(['cancel.twice', 'cancel.race']);
  });

  it('is an error when the test ended without telling', () => {
    expect(outcomeOf({ status: 'timedOut' })).toEqual({
      outcome: 'error',
      reason: 'the check did not end within 2 s',
    });
    expect(outcomeOf({ status: 'failed', errors: [{ message: 'Error: worker died\nat x' }] })).toEqual({
      outcome: 'error',
      reason: 'worker died',
    });
    expect(outcomeOf({ status: 'skipped' })).toEqual({ outcome: 'error', reason: 'the check did not run' });
  });

  it('is inconclusive, and no fault of the suite, when the run was interrupted during it', () => {
    const during = { outcome: 'inconclusive', reason: 'the run was interrupted during it' };
    expect(outcomeOf({ status: 'interrupted' })).toEqual(during);
    expect(outcomeOf({ status: 'interrupted' }, { outcome: 'passed' })).toEqual(during);
    expect(outcomeOf({ status: 'interrupted' }, { outcome: 'failed', reason: 'got 2' })).toEqual({
      outcome: 'failed',
      reason: 'got 2',
    });
  });

  it('is not tested when the test was skipped with a reason', () => {
    const annotations = [{ type: 'skip', description: 'no table' }];
    expect(outcomeOf({ status: 'skipped', annotations })).toEqual({
      outcome: 'not-tested',
      reason: 'no table',
    });
  });

  it('did not pass when the test failed after it, but keeps a failure that it had found', () => {
    expect(
      outcomeOf({ status: 'failed', errors: [{ message: 'late' }] }, { outcome: 'passed' }).outcome,
    ).toBe('error');
    expect(outcomeOf({ status: 'timedOut' }, { outcome: 'failed', reason: 'got 2' })).toEqual({
      outcome: 'failed',
      reason: 'got 2',
    });
    expect(outcomeOf({ status: 'failed' }, { outcome: 'not-tested', reason: 'no events' }).outcome).toBe(
      'not-tested',
    );
  });

  it('waits for the end of the run where Playwright skipped a test that told nothing', () => {
    expect(passedOver(test, ended({ status: 'skipped' }))).toBe(true);
    expect(passedOver(test, ended({ status: 'skipped' }, { outcome: 'passed' }))).toBe(false);
    const annotations = [{ type: 'skip', description: 'no table' }];
    expect(passedOver(test, ended({ status: 'skipped', annotations }))).toBe(false);
    expect(passedOver(test, ended({}))).toBe(false);
  });

  it('of a test that never ran is an error', () => {
    expect(unrunChecks(test, '/suite', 'the check did not run')[0]).toMatchObject({
      clause: 'cancel.twice',
      outcome: 'error',
    });
  });
});
