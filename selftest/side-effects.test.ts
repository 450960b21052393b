import { expect, it } from 'vitest';
import { listDeviations } from '../simulator/deviations.ts';
import { mostUndecided, sideEffects } from './side-effects.ts';
import { wideComplaints, wideEffects } from './wide-effects.ts';

function trial(name: string, undecided: number) {
  return {
    name,
    undecided: Array.from({ length: undecided }, (_, index) => ({
      clause: `clause ${index}`,
      reason: index === 0 ? 'something else' : 'submit.accepted',
    })),
  };
}

it('names the deviations that leave more than a tenth of the catalogue undecided, the worst first', () => {
  const found = sideEffects([trial('a', mostUndecided), trial('b', 40), trial('c', 90)]);
  expect(found).toEqual([
    { name: 'c', undecided: 90, mostly: 'submit.accepted' },
    { name: 'b', undecided: 40, mostly: 'submit.accepted' },
  ]);
});

it('is content with a deviation over the bound only while it is listed, and the other way round', () => {
  const list = { known: 'why', narrow: 'why', swinging: 'why', elsewhere: 'why' };
  const trials = [
    trial('known', 40),
    trial('narrow', mostUndecided - 3),
    trial('swinging', mostUndecided),
    trial('new', 90),
  ];
  expect(wideComplaints(trials, list)).toEqual([
    expect.stringMatching(/^new leaves 90 other clauses undecided/),
    expect.stringMatching(/^narrow leaves .* take it off/),
  ]);
});

it('lists deviations that exist', async () => {
  expect(await listDeviations()).toEqual(expect.arrayContaining(Object.keys(wideEffects)));
});
