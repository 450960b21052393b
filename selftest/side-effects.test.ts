import { expect, it } from 'vitest';
import { mostUndecided, sideEffects } from './side-effects.ts';

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
