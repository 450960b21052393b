import { describe, expect, it } from 'vitest';
import { sampleResult } from './fixtures/sample.ts';
import { exitStatus } from './gate.ts';
import type { ClauseResult, Result, Verdict } from '../record/result.ts';

const whole = sampleResult({ checks: 1, failing: [] });

const lacksEvents = { kind: 'lacks', needs: ['event'] } as const;

/** The whole catalogue, passed, but for some clauses. */
function resultWith(
  verdicts: Readonly<Record<string, Verdict>>,
  run: Partial<Result['run']> = {},
  reason = 'needs events: set `target.events`',
): Result {
  const clauses = whole.clauses.map((clause): ClauseResult => {
    const verdict = verdicts[clause.id] ?? 'passed';
    const left = verdict === 'not-tested' && !reason.startsWith('needs');
    const checks = left
      ? []
      : clause.checks.map((check) =>
          verdict === 'not-tested' ? { ...check, outcome: verdict, reason, cause: lacksEvents } : check,
        );
    return { ...clause, verdict, reason, ...(left ? { cause: { kind: 'left-out' } as const } : {}), checks };
  });
  const { startedAt, durationMs, seed, runs } = whole.run;
  return { ...whole, clauses, run: { startedAt, durationMs, seed, runs, ...run } };
}

const gaps = {
  'event.inputs': 'not-tested',
  'event.outputs': 'not-tested',
  'cancel.race': 'inconclusive',
} as const;

describe('the exit status', () => {
  it('has no reason where all holds, however strict it is', () => {
    const strictness = { strict: true, require: ['event', 'profile:full'] };
    expect(exitStatus(resultWith({}), strictness)).toEqual({ status: 0, failed: false, why: [] });
    expect(exitStatus(resultWith(gaps))).toEqual({ status: 0, failed: false, why: [] });
  });

  it('names the option, the count, the first clauses and what to do', () => {
    expect(exitStatus(resultWith(gaps), { strict: true })).toEqual({
      status: 1,
      failed: true,
      why: [
        '--strict: 3 required clauses were not decided (1 inconclusive, 2 not tested): cancel.race, event.inputs, event.outputs. To decide them: set `target.events`; see in the report why their checks could not decide, or leave --strict out.',
      ],
    });
    expect(exitStatus(resultWith(gaps), { require: ['event'] }).why).toEqual([
      '--require event: 2 clauses of this section were not tested: event.inputs, event.outputs. To decide them: set `target.events`, or leave --require event out.',
    ]);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['client', ['client-poll.gone'], /Fix the client; the report shows/],
    ['traffic', ['submit.location'], /Fix the target; the report shows/],
    ['traffic', ['client-poll.gone', 'submit.location'], /Fix the client and the target; the report shows/],
    ['url', ['submit.location'], /Fix the target, or list what is agreed on with --known-deviations\./],
  ])('names whose a broken clause is in a record of kind %s: %j', (kind, ids, expected) => {
    const result = resultWith({});
    const [model] = result.clauses;
    const clauses = ids.map((id) => ({
      ...(model as ClauseResult),
      ...{ id, section: id.split('.')[0] ?? '', level: 'MUST' as const, verdict: 'failed' as const },
    }));
    const judged = { ...result, clauses, target: { ...result.target, kind } };
    expect(exitStatus(judged).why.join()).toMatch(expected);
  });

  it('offers an undecided record no option that its command lacks', () => {
    const none = Object.fromEntries(whole.clauses.map(({ id }) => [id, 'not-tested' as const]));
    const result = resultWith(none);
    const record = { ...result, target: { ...result.target, kind: 'traffic' } };
    expect(exitStatus(result).why.join()).toMatch(/--strict/);
    expect(exitStatus(record).why).toEqual(['Nothing is broken, and no required clause was decided.']);
  });

  it('says why it is 0 where no required clause was decided', () => {
    const none = Object.fromEntries(whole.clauses.map(({ id }) => [id, 'not-tested' as const]));
    const reason = 'Nothing is broken, and no required clause was decided.';
    const undecided = resultWith(none);
    expect(exitStatus(undecided)).toEqual({
      status: 0,
      failed: false,
      why: [`${reason} Use --strict to fail such a run.`],
    });
    expect(exitStatus(undecided, { strict: true })).toMatchObject({
      status: 1,
      why: [expect.stringMatching(/^--strict: /)],
    });
    // What was left out is not asked for by --strict either.
    const part = resultWith(none, { only: ['cancel'] }, 'left out by --only');
    expect(exitStatus(part)).toEqual({ status: 0, failed: false, why: [reason] });
    expect(exitStatus(resultWith({ ...none, 'monitor.ok': 'known-deviation' })).why).toEqual([]);
  });

  it('is not failed by known deviations under --strict, but by them in a profile', () => {
    const known = resultWith({ 'monitor.ok': 'known-deviation' });
    expect(exitStatus(known, { strict: true }).status).toBe(0);
    expect(exitStatus(known, { require: ['profile:core'] })).toMatchObject({
      status: 1,
      why: [
        expect.stringContaining('--require profile:core: 1 of its required clauses is broken: monitor.ok.'),
      ],
    });
  });

  it('judges a profile by its own clauses only', () => {
    expect(exitStatus(resultWith(gaps), { require: ['profile:core + table'] }).why).toEqual([
      expect.stringMatching(
        /^--require profile:core \+ table: 1 of its required clauses was not decided: cancel\.race\./,
      ),
    ]);
    const events = resultWith({ 'event.inputs': 'not-tested' });
    expect(exitStatus(events, { require: ['profile:core+table'] }).status).toBe(0);
    expect(exitStatus(events, { require: ['profile:core+events'] }).status).toBe(1);
  });

  it('is not failed under --strict by clauses that have no check yet', () => {
    const result = resultWith({ 'event.inputs': 'not-tested' });
    const clauses = result.clauses.map((one) => (one.id === 'event.inputs' ? { ...one, checks: [] } : one));
    expect(exitStatus({ ...result, clauses }, { strict: true }).status).toBe(0);
    expect(exitStatus(result, { strict: true }).status).toBe(1);
  });

  it('gives every reason, the first of which decides', () => {
    const run = { incomplete: 'The run was interrupted.', problems: ['x has expired.'] };
    const { status, why } = exitStatus(resultWith({ ...gaps, 'monitor.ok': 'failed' }, run), {
      strict: true,
    });
    expect(status).toBe(1);
    expect(why).toEqual([
      'Broken: 1 required clause, monitor.ok. Fix the target, or list what is agreed on with --known-deviations.',
      'Problem: x has expired.',
      'Incomplete: The run was interrupted. Remove the cause and run it again.',
      expect.stringMatching(/^--strict: 3 /),
    ]);
    expect(exitStatus(resultWith(gaps, { incomplete: 'stopped' }), { strict: true }).status).toBe(3);
  });

  it('does not hold against a shard or a part what others test', () => {
    const missing = { 'event.inputs': 'not-tested' } as const;
    const shard = resultWith(missing, { shard: '1/2' }, 'no check of it is in shard 1/2');
    expect(exitStatus(shard, { strict: true, require: ['event', 'profile:full'] }).status).toBe(0);
    const part = resultWith(missing, { only: ['cancel'] }, 'left out by --only');
    expect(exitStatus(part, { strict: true }).status).toBe(0);
  });
});
