import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { noFootprint } from './counting.ts';
import { estimate, estimateLine } from './estimate.ts';
import type { Rehearsed } from './rehearse.ts';

function checks(number: number, passedMs: number): Rehearsed[] {
  return Array.from({ length: number }, () => ({
    clause: 'monitor.ok',
    title: 'a check',
    file: 'scenarios/x.spec.ts',
    footprint: { ...noFootprint, requests: 10, operations: 1 },
    durationMs: 20,
    passedMs,
  }));
}

const url = 'http://127.0.0.1:9';
const target = (clock: object, more: object = {}) =>
  parseConfig({ target: { kind: 'url', url, clock }, properties: { seed: 1 }, ...more });
const virtual = target({ kind: 'virtual', url: '/clock' });
const real = target({ kind: 'real' });

describe('the estimate of a duration', () => {
  it('does not wait on a virtual clock, whatever passes on it', () => {
    const [short, long] = [estimate(virtual, checks(100, 0)), estimate(virtual, checks(100, 1e9))];
    expect(long).toEqual(short);
    expect(short.secondsAtMost).toBeLessThan(40);
    expect(short.restsOn.join()).toContain('100 checks on 1 worker');
  });

  it('waits on a real one as far as the budget goes, by the workers', () => {
    const all = checks(80, 20_000);
    const { secondsAtLeast, secondsAtMost } = estimate(real, all);
    expect(secondsAtLeast).toBeGreaterThan(30 + (80 * 3) / 8);
    expect(secondsAtMost).toBeGreaterThan(30 + (80 * 20) / 8);
    expect(estimate(real, all, 1).secondsAtMost).toBeGreaterThan(1600);
    const impatient = target({ kind: 'real' }, { budget: { waitMs: 0 } });
    expect(estimate(impatient, checks(80, 1e9)).secondsAtMost).toBeLessThan(secondsAtMost);
  });

  it('takes longer with --slow, and nothing for what is not tested', () => {
    const slow = target({ kind: 'real' }, { slow: true });
    expect(estimate(slow, checks(80, 1e9)).secondsAtMost).toBeGreaterThan(3600);
    const untested = checks(80, 1e9).map((check) => ({ ...check, notTested: 'needs more' }));
    expect(estimate(slow, untested).secondsAtMost).toBeLessThan(10);
  });

  it('is told in one sentence', () => {
    const estimated = { secondsAtLeast: 65, secondsAtMost: 600, restsOn: [] };
    expect(estimateLine(estimated)).toBe('It would take about 1 min 5 s to 10 min.');
    expect(estimateLine({ ...estimated, secondsAtMost: 65 })).toBe('It would take about 1 min 5 s.');
  });
});
