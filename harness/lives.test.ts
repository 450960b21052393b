import { expect, it } from 'vitest';
import { Lives } from './lives.ts';

/** Judges lives of one name, which are numbered as they are lived. */
function counting() {
  const lives = new Lives();
  let lived = 0;
  const judge = async (verdict: (life: number) => void, interrupted?: object) => {
    let seen = 0;
    const steady = { interrupted } as never;
    const live = () => Promise.resolve((lived += 1));
    await lives.judge('one', { steady }, live, (life) => {
      seen = life;
      verdict(life);
    });
    return seen;
  };
  return judge;
}

const well = (): void => undefined;
const badly = (): never => {
  throw new Error('broken');
};

it('is lived once for all who judge it', async () => {
  const judge = counting();
  expect([await judge(well), await judge(well), await judge(well)]).toEqual([1, 1, 1]);
});

it('is lived anew once it was judged badly, so that the repetition sees for itself', async () => {
  const judge = counting();
  expect(await judge(well)).toBe(1);
  await expect(judge(badly)).rejects.toThrow('broken');
  expect([await judge(well), await judge(well)]).toEqual([2, 2]);
});

it('is lived anew where something from outside came in between', async () => {
  const judge = counting();
  expect([await judge(well, {}), await judge(well, {}), await judge(well), await judge(well)]).toEqual([
    1, 2, 3, 3,
  ]);
});
