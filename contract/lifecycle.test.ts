import { describe, expect, it } from 'vitest';
import {
  canFollow,
  isAllowedTransition,
  reachable,
  transitions,
  type LifecycleEvent,
  type PairName,
} from './lifecycle.ts';
import { pairs } from './vocabulary.ts';

const names = Object.keys(pairs) as PairName[];
const ends = ['succeeded', 'failed', 'canceled'] as const;

/** The pairs that an event may lead to from a pair. */
function outcomes(from: PairName, event: LifecycleEvent): PairName[] {
  return transitions.filter((one) => one.from === from && one.event === event).map(({ to }) => to);
}

describe('the lifecycle', () => {
  it('leads nowhere from a final pair', () => {
    for (const end of ends) expect(reachable(end).size).toBe(0);
  });

  it('leads to every pair from waiting', () => {
    expect([...reachable('waiting')].sort()).toEqual([...names].sort());
  });

  it('returns to waiting only by way of a failed attempt', () => {
    const back = transitions.filter(({ to }) => to === 'waiting');
    expect(back.map(({ from, event }) => `${from}: ${event}`)).toEqual([
      'inProgress: an attempt fails and is retried',
    ]);
  });

  it('never leaves canceling but for an end', () => {
    expect([...reachable('canceling')].sort()).toEqual(['canceled', 'canceling', 'failed', 'succeeded']);
    expect(canFollow('canceling', 'inProgress')).toBe(false);
    expect(canFollow('canceling', 'waiting')).toBe(false);
  });

  it('ends as canceled only after a cancellation', () => {
    for (const name of names) expect(canFollow(name, 'canceled')).toBe(name === 'canceling');
  });

  it('leaves open what a canceled operation ends as that had started, and nothing else about it', () => {
    expect(outcomes('canceling', 'it ends, canceled before its first attempt')).toEqual(['canceled']);
    expect(outcomes('canceling', 'its attempt succeeds after the cancellation')).toEqual([
      'succeeded',
      'canceled',
    ]);
    expect(outcomes('canceling', 'its attempt fails after the cancellation')).toEqual(['failed', 'canceled']);
    expect(outcomes('waiting', 'an attempt succeeds')).toEqual([]);
  });

  it('marks exactly those transitions as open that have an alternative', () => {
    for (const one of transitions) {
      const others = transitions.filter((other) => other !== one && other.event === one.event);
      // The first start is documented; only a start after a wait that looked like progress is open.
      if (one.event === 'an attempt starts') continue;
      expect(one.open === true, `${one.event}, to ${one.to}`).toBe(others.length > 0);
    }
  });

  it('allows two looks with steps unseen between them, but no impossible change', () => {
    for (const [from, to] of [
      ['0,0', '0,0'],
      ['0,0', '3,30'],
      ['2,20', '0,0'],
      ['0,0', '3,32'],
      ['2,22', '3,30'],
    ] as const)
      expect(isAllowedTransition(from, to), `${from} → ${to}`).toBe(true);
    for (const [from, to] of [
      ['2,22', '2,20'],
      ['2,22', '0,0'],
      ['3,30', '3,31'],
      ['3,32', '0,0'],
    ] as const)
      expect(isAllowedTransition(from, to), `${from} → ${to}`).toBe(false);
  });
});
