import { describe, expect, it } from 'vitest';
import type { Evidence } from '../record/evidence.ts';
import type { Finding, RawCheck } from '../record/outcome.ts';
import { exitStatus } from './gate.ts';
import { contradictions } from './contradictions.ts';
import type { Result } from '../record/result.ts';
import { deriveResult } from './verdict.ts';

function check(clause: string, more: Partial<RawCheck> = {}): RawCheck {
  return {
    clause,
    title: `a check of ${clause}`,
    file: 'scenarios/x.spec.ts',
    line: 1,
    outcome: 'passed',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    evidence: [],
    ...more,
  };
}

function met(clause: string, again = true, certain = true): Finding {
  return { clause, reason: 'GET answered 404', certain, again };
}

function derive(checks: readonly RawCheck[], only?: readonly string[]): Result {
  return deriveResult({
    suite: { name: 'suite', version: '1' },
    target: { name: 'target', kind: 'url', url: 'http://127.0.0.1' },
    run: { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, seed: 1, runs: 1 },
    checks,
    ...(only === undefined ? {} : { leftOut: new Set(['submit.monitor-exists']) }),
  });
}

function verdictOf(result: Result, id: string): { verdict?: string; reason?: string | undefined } {
  const clause = result.clauses.find((one) => one.id === id);
  return { verdict: clause?.verdict ?? 'none', reason: clause?.reason };
}

const blocked = { outcome: 'inconclusive', blockedBy: 'submit.monitor-exists' } as const;

describe('a breach that a check of another clause met', () => {
  it('fails its clause although that passed', () => {
    const result = derive([
      check('submit.monitor-exists'),
      check('state.succeeded', { ...blocked, findings: [met('submit.monitor-exists')] }),
    ]);
    expect(verdictOf(result, 'submit.monitor-exists')).toEqual({
      verdict: 'failed',
      reason: 'GET answered 404 (met by the check “a check of state.succeeded” of state.succeeded)',
    });
    expect(verdictOf(result, 'state.succeeded').verdict).toBe('inconclusive');
    expect(exitStatus(result).status).toBe(1);
  });

  it('fails a clause that --only left out, and says so', () => {
    const checks = [check('state.succeeded', { ...blocked, findings: [met('submit.monitor-exists')] })];
    const { verdict, reason } = verdictOf(derive(checks, ['state']), 'submit.monitor-exists');
    expect(verdict).toBe('failed');
    expect(reason).toMatch(/; its own checks were left out by --only$/);
  });

  it('is one finding however many checks met it, which are its places', () => {
    const many = Array.from({ length: 10 }, (_, index) =>
      check('state.succeeded', { title: `check ${index}`, findings: [met('monitor.codes')] }),
    );
    const clause = derive(many).clauses.find(({ id }) => id === 'monitor.codes');
    expect(clause?.checks).toHaveLength(1);
    expect(clause?.checks[0]?.places).toHaveLength(10);
  });

  it('leaves a clause that failed by itself its own reason, with the places', () => {
    const result = derive([
      check('monitor.codes', { outcome: 'failed', reason: 'expected an integer, got "2"' }),
      check('state.succeeded', { findings: [met('monitor.codes')] }),
    ]);
    const clause = result.clauses.find(({ id }) => id === 'monitor.codes');
    expect(clause?.reason).toBe('expected an integer, got "2"');
    expect(clause?.checks).toHaveLength(1);
    expect(clause?.checks[0]?.places).toEqual(['a check of state.succeeded']);
  });

  it('decides nothing when it was seen once only, and forbids exit 0', () => {
    const result = derive([
      check('submit.monitor-exists'),
      check('state.succeeded', { findings: [met('submit.monitor-exists', false)] }),
    ]);
    const { verdict, reason } = verdictOf(result, 'submit.monitor-exists');
    expect(verdict).toBe('inconclusive');
    expect(reason).toMatch(/^seen once, not again: GET answered 404/);
    expect(exitStatus(result).status).toBe(3);
  });

  it('leaves open what was only concluded, where the own checks found it to hold', () => {
    const concluded = check('state.succeeded', { findings: [met('submit.monitor-exists', true, false)] });
    const result = derive([check('submit.monitor-exists'), concluded]);
    expect(verdictOf(result, 'submit.monitor-exists').verdict).toBe('inconclusive');
    expect(exitStatus(result).status).toBe(3);
    // Where nobody else looked it is all that is known.
    expect(verdictOf(derive([concluded]), 'submit.monitor-exists').verdict).toBe('failed');
  });

  it('does not judge what is only optional', () => {
    const result = derive([
      check('monitor.case-of-path'),
      check('state.succeeded', { findings: [met('monitor.case-of-path')] }),
    ]);
    expect(verdictOf(result, 'monitor.case-of-path').verdict).toBe('observed');
  });
});

describe('a result that contradicts itself', () => {
  const contradicting = derive([check('submit.monitor-exists'), check('state.succeeded', blocked)]);

  it('is called a fault of the suite', () => {
    expect(contradicting.run.disruptions).toEqual([
      {
        source: 'suite',
        message:
          'the check “a check of state.succeeded” of state.succeeded was blocked by submit.monitor-exists, but submit.monitor-exists is passed',
        times: 1,
      },
    ]);
    expect(contradicting.run.incomplete).toMatch(/^A fault of the suite: the check/);
    expect(exitStatus(contradicting).status).toBe(3);
  });

  it('is one whose reads show a change that a passed clause forbids', () => {
    const read = (status: number, from: number): Evidence => ({
      kind: 'exchange',
      at: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      principal: 'initiator',
      order: { from, to: from + 1 },
      request: {
        method: 'GET',
        url: 'http://127.0.0.1/api/backgroundoperation/6b3baca2-5097-4a36-94cb-e8c9e92439de',
        headers: [],
      },
      response: {
        status: 200,
        headers: [],
        body: {
          text: JSON.stringify({
            backgroundOperationStateCode: Math.floor(status / 10),
            backgroundOperationStatusCode: status,
          }),
        },
      },
    });
    const evidence = [read(30, 1), read(20, 3)];
    const result = derive([check('state.terminal-is-final'), check('monitor.ok', { evidence })]);
    expect(result.run.incomplete).toMatch(
      /showed \(3,30\), and \(2,20\) later, which breaks state\.terminal-is-final/,
    );
    const failed = derive([
      check('state.terminal-is-final'),
      check('monitor.ok', { evidence, findings: [met('state.terminal-is-final')] }),
    ]);
    expect(verdictOf(failed, 'state.terminal-is-final').verdict).toBe('failed');
    expect(failed.run.disruptions).toBeUndefined();
  });

  it('is not found where the blocking clause failed', () => {
    const { clauses } = derive([
      check('submit.monitor-exists', { outcome: 'failed', reason: 'expected 200, got 404' }),
      check('state.succeeded', blocked),
    ]);
    expect(contradictions(clauses)).toEqual([]);
  });
});

describe('a check of what never comes about', () => {
  const unreached = {
    outcome: 'inconclusive',
    blockedBy: 'retry.on-error',
    unreached: true,
    reason: 'blocked by retry.on-error: only 1 of 2 attempts came',
    cause: { kind: 'blocked', clause: 'retry.on-error', why: 'only 1 of 2 attempts came' },
    findings: [met('retry.on-error', true, false)],
  } as const;

  it('leaves a clause decided that other checks decide, and says what was not looked at', () => {
    const checks = [
      check('retry.on-error', { outcome: 'failed', reason: 'no retry came' }),
      check('callback.once', { branch: 'after success' }),
      check('callback.once', { ...unreached, branch: 'after a retry' }),
    ];
    expect(verdictOf(derive(checks), 'callback.once')).toEqual({
      verdict: 'passed',
      reason:
        'checked: after success; not checked: after a retry (needs retry.on-error, which the target breaks: only 1 of 2 attempts came)',
    });
  });

  it('leaves a clause open that has no other check', () => {
    const checks = [check('retry.on-error', { outcome: 'failed' }), check('retry.recovers', unreached)];
    expect(verdictOf(derive(checks), 'retry.recovers').verdict).toBe('inconclusive');
  });

  it('leaves a clause open where the breach is not established', () => {
    const checks = [
      check('retry.on-error'),
      check('callback.once', { branch: 'after success' }),
      check('callback.once', { ...unreached, branch: 'after a retry' }),
    ];
    const result = derive(checks);
    expect(verdictOf(result, 'retry.on-error').verdict).toBe('inconclusive');
    expect(verdictOf(result, 'callback.once').verdict).toBe('inconclusive');
  });

  it('hides no failure', () => {
    const checks = [
      check('retry.on-error', { outcome: 'failed' }),
      check('callback.once', { outcome: 'failed' }),
      check('callback.once', unreached),
    ];
    expect(verdictOf(derive(checks), 'callback.once').verdict).toBe('failed');
  });
});
