import { expect, it } from 'vitest';
import { TakeIn } from './take-in.ts';

const credentialOf = (takeIn: TakeIn, token: string) =>
  takeIn.credentialOf([['Authorization', `Bearer ${token}`]])?.key;

it('gives each credential a name of its own, and no name twice where it has seen too many to remember', () => {
  const takeIn = new TakeIn();
  expect([1, 2, 1].map((each) => credentialOf(takeIn, `token-${each}`))).toEqual([
    'credential 1',
    'credential 2',
    'credential 1',
  ]);
  for (let each = 3; each <= 50_001; each += 1) credentialOf(takeIn, `token-${each}`);
  expect([1, 50_001].map((each) => credentialOf(takeIn, `token-${each}`))).toEqual([
    'credential 50002',
    'credential 50001',
  ]);
});
