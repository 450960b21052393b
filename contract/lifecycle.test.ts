import { describe, expect, it } from 'vitest';
import { canFollow, pairName, reachable, transitions } from './lifecycle.ts';

describe('the lifecycle', () => {
  it('names every pair of the contract and no other', () => {
    expect(pairName({ state: 2, status: 22 })).toBe('canceling');
    expect(pairName({ state: 2, status: 21 })).toBeUndefined();
    expect(pairName({ state: 0, status: 20 })).toBeUndefined();
  });

  it('leads nowhere from a final pair', () => {
    for (const final of ['succeeded', 'failed', 'canceled'] as const) expect(reachable(final).size).toBe(0);
  });

  it('returns to waiting only by way of a failed attempt', () => {
    expect(transitions.filter(({ to }) => to === 'waiting').map(({ from }) => from)).toEqual(['inProgress']);
    expect(reachable('waiting').has('waiting')).toBe(true);
  });

  it('never leaves canceling but for an end', () => {
    expect([...reachable('canceling')].sort()).toEqual(['canceled', 'canceling', 'failed', 'succeeded']);
    expect(canFollow('canceling', 'inProgress')).toBe(false);
  });

  it('ends as canceled only after a cancellation', () => {
    expect(canFollow('waiting', 'canceled')).toBe(false);
    expect(canFollow('inProgress', 'canceled')).toBe(false);
  });
});
