import { describe, expect, it } from 'vitest';
import type { Need } from './clause.ts';
import { capabilities, lackingNeeds } from './needs.ts';

describe('what a target lacks', () => {
  it.each<[string, readonly Need[], readonly Need[], readonly Need[]]>([
    ['is nothing where all is offered', ['probe', 'table'], ['probe', 'table', 'event'], []],
    [
      'is what is not offered, in the order of the needs',
      ['table', 'probe', 'auth'],
      ['probe'],
      ['table', 'auth'],
    ],
    ['is named once', ['table', 'table'], [], ['table']],
    ['is the virtual clock, where waiting does not do', ['probe', 'clock'], ['probe', 'slow'], ['clock']],
    [
      'is nothing on a real clock where waiting does and is allowed',
      ['probe', 'clock', 'slow'],
      ['probe', 'slow'],
      [],
    ],
    ['is permission to wait where only that is missing', ['probe', 'clock', 'slow'], ['probe'], ['slow']],
    ['is nothing on a virtual clock', ['probe', 'clock', 'slow'], ['probe', 'clock'], []],
    ['is never waiting alone', ['slow'], [], []],
    ['is event steps where events are preregistered', ['event', 'event-step'], ['event'], ['event-step']],
    ['is not the organization service of a target that offers it', ['sdk'], ['sdk'], []],
  ])('%s', (_, needs, offers, lacking) => {
    expect(lackingNeeds(needs, offers)).toEqual(lacking);
  });

  it('is only the organization service where nothing is known of the target', () => {
    expect(lackingNeeds(Object.keys(capabilities) as Need[], undefined)).toEqual(['sdk']);
  });
});
