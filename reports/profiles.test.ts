import { describe, expect, it } from 'vitest';
import { clauses as catalogue } from '../contract/clauses.ts';
import { clausesOf, findProfile, ownClauses, profiles } from '../contract/profiles.ts';
import { sampleResult } from './fixtures/sample.ts';
import { profilesOf, profileVerdicts } from './profiles.ts';
import type { Cause } from '../record/cause.ts';
import type { ClauseResult, Result, Verdict } from '../record/result.ts';

const sample = sampleResult({ checks: 1, failing: [] });

/** Verdicts on the profiles of a result in which the clauses of `when` end so, and all others hold. */
function verdicts(
  verdict: Verdict,
  when: (clause: ClauseResult) => boolean,
  cause?: Cause,
): Record<string, string> {
  const clauses = sample.clauses.map((clause): ClauseResult =>
    when(clause)
      ? { ...clause, verdict, reason: 'why', ...(cause === undefined ? {} : { cause }) }
      : { ...clause, verdict: 'passed' },
  );
  const result: Result = { ...sample, clauses };
  return Object.fromEntries(profileVerdicts(result).map(({ name, verdict: found }) => [name, found]));
}

describe('the catalogue of profiles', () => {
  it('grows from core to full, with clauses of their own in each', () => {
    const core = new Set(clausesOf(profiles[0] as never, catalogue));
    for (const profile of profiles) {
      const own = ownClauses(profile, catalogue).filter(({ level }) => level === 'MUST');
      expect(own.length, profile.name).toBeGreaterThan(0);
      const all = clausesOf(profile, catalogue);
      expect([...core].filter((clause) => !all.includes(clause))).toEqual([]);
    }
  });

  it('has in full all but the organization service and flows, and in core nothing that needs more than the probe', () => {
    const ids = (name: string): string[] =>
      clausesOf(findProfile(name) as never, catalogue).map(({ id }) => id);
    expect(ids('full')).toEqual(
      catalogue.filter(({ section }) => section !== 'sdk' && section !== 'flow').map(({ id }) => id),
    );
    expect(ids('core')).toContain('cancel.terminal-refused-delete');
    expect(ids('core')).not.toContain('cancel.terminal-refused-patch');
    expect(ids('Core+Table')).toContain('cancel.terminal-refused-patch');
    expect(ids('core + table')).not.toContain('event.inputs');
  });
});

describe('the verdict on a profile', () => {
  const inSection =
    (section: string) =>
    (clause: ClauseResult): boolean =>
      clause.section === section;

  it('is conformant only when every required clause is decided and holds', () => {
    expect(new Set(Object.values(verdicts('passed', () => true)))).toEqual(new Set(['conformant']));
    const open = ({ id }: ClauseResult): boolean => id === 'monitor.ok';
    for (const verdict of ['inconclusive', 'not-tested'] as const) {
      expect(new Set(Object.values(verdicts(verdict, open)))).toEqual(new Set(['undecided']));
    }
    for (const verdict of ['failed', 'known-deviation'] as const) {
      expect(new Set(Object.values(verdicts(verdict, open)))).toEqual(new Set(['not-conformant']));
    }
    expect(verdicts('warned', ({ level }) => level === 'SHOULD')).toMatchObject({ full: 'conformant' });
  });

  it('is not held against a target for what belongs to another profile', () => {
    expect(verdicts('not-tested', inSection('event'))).toMatchObject({
      core: 'conformant',
      'core + table': 'conformant',
      'core + events': 'not-offered',
      full: 'undecided',
    });
    expect(verdicts('failed', inSection('event'))).toMatchObject({
      core: 'conformant',
      'core + events': 'not-conformant',
    });
  });

  it('does not call not offered what nobody asked for', () => {
    expect(verdicts('not-tested', inSection('event'), { kind: 'left-out' })).toMatchObject({
      'core + events': 'undecided',
    });
  });

  it('counts every required clause once', () => {
    for (const { musts, clauses } of profilesOf(sample)) {
      expect(musts.held + musts.broken + musts.undecided + musts.untested).toBe(clauses.length);
    }
    expect(sample.profiles?.map(({ name }) => name)).toEqual(profiles.map(({ name }) => name));
  });
});
