import { describe, expect, it } from 'vitest';
import {
  canBeSeen,
  canFollow,
  outcomes,
  pairName,
  reachable,
  transitions,
  type PairName,
} from './lifecycle.ts';
import { pairs } from './vocabulary.ts';

const names = Object.keys(pairs) as PairName[];
const ends = ['succeeded', 'failed', 'canceled'] as const;

describe('the lifecycle', () => {
  it('names every pair of the contract and no other', () => {
    for (const name of names) expect(pairName(pairs[name])).toBe(name);
    expect(pairName({ state: 2, status: 21 })).toBeUndefined();
    expect(pairName({ state: 0, status: 20 })).toBeUndefined();
  });

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

  it('explains looks with steps unseen between them, but no impossible order', () => {
    expect(canBeSeen(['waiting', 'waiting', 'succeeded'])).toBe(true);
    expect(canBeSeen(['inProgress', 'waiting', 'inProgress', 'failed'])).toBe(true);
    expect(canBeSeen(['canceling', 'inProgress'])).toBe(false);
    expect(canBeSeen(['succeeded', 'failed'])).toBe(false);
    expect(canBeSeen([])).toBe(true);
  });
});
