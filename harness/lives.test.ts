import { expect, it } from 'vitest';
import { Check } from './check.ts';
import { parseConfig } from './config.ts';
import { Lives, seenBy } from './lives.ts';
import type { Operation } from './operation.ts';
import { succeed } from './plan.ts';
import { SuiteSession } from './suite-session.ts';
import { openTarget, type Target } from './target.ts';

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

/** How many lives it takes when one is judged well, something happens, and it is judged well again. */
async function livesAround(happens: (world: SuiteSession) => void): Promise<number> {
  const watch: Partial<Target['watch']> = { onLost: undefined, begin: () => undefined };
  const world = new SuiteSession(
    { ...(await openTarget(parseConfig({}))), watch: watch as never },
    'lives-0',
  );
  let lived = 0;
  const judge = () => world.lives.judge('one', {}, () => Promise.resolve((lived += 1)), well);
  try {
    await judge();
    happens(world);
    await judge();
    return lived;
  } finally {
    await world.close();
  }
}

it('is kept from one check to the next', async () => {
  expect(await livesAround((world) => new Check(world))).toBe(1);
});

it('is lived anew for a check that is begun again, whatever the first run met', async () => {
  expect(await livesAround((world) => new Check(world, true))).toBe(2);
});

it('is lived anew after the target lost its state', async () => {
  expect(await livesAround((world) => world.target.watch?.onLost?.())).toBe(2);
});

it('tells the check that looks at it what it sees, not the one that lived it', async () => {
  const world = new SuiteSession(await openTarget(parseConfig({})), 'lives-1');
  try {
    const first = new Check(world);
    const live = async (): Promise<Operation> => first.submit({ attempts: [succeed()] });
    await world.lives.judge('one', {}, live, async (operation) => void (await operation.finished()));
    const told = first.transcript.entries().length;
    const second = new Check(world);
    await world.lives.judge(
      'one',
      {},
      live,
      async (operation) => void (await seenBy(second, operation).row()),
    );
    expect(first.transcript.entries()).toHaveLength(told);
    expect(second.transcript.entries()).not.toHaveLength(0);
  } finally {
    await world.close();
  }
});
