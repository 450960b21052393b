import { describe, expect, it } from 'vitest';
import { Ending, Undecided } from './verdict.ts';

describe('the endings that were raised', () => {
  it('are found by the text that Playwright keeps, also where others came after', () => {
    Ending.raised.clear();
    const first = new Undecided('no attempt came\nin time');
    for (let count = 0; count < 5; count += 1) new Undecided(`another ${count}`);
    expect(Ending.raised.in('Undecided: no attempt came\nin time\n    at …')).toBe(first);
    expect(Ending.raised.in('TypeError: nothing of the kind')).toBeUndefined();
  });

  it('are forgotten with the check', () => {
    new Undecided('of the check before');
    Ending.raised.clear();
    expect(Ending.raised.in('Undecided: of the check before')).toBeUndefined();
  });

  it('of very many keep the newest', () => {
    Ending.raised.clear();
    for (let count = 0; count < 10_000; count += 1) new Undecided(`number ${count};`);
    expect(Ending.raised.in('Undecided: number 9999;')?.message).toBe('number 9999;');
  });
});
