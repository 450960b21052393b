import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forAll, type LawOptions } from './property.ts';
import { Transcript } from './transcript.ts';
import { Blocked, Broken, NotReached } from './verdict.ts';

const toolsOf = (virtual: boolean) =>
  ({
    properties: { seed: 7, runs: 20, regressions: [] },
    transcript: new Transcript(),
    target: { url: 'http://target.example', clock: { virtual } },
  }) as unknown as Parameters<typeof forAll>[0];
const script = (value: unknown): readonly string[] => [String(value)];
const numbers = fc.integer({ min: 0, max: 1_000 });

/** How a search ends, with the cases that it tried. */
async function searched(
  law: (value: number) => Promise<void>,
  { virtual = true, ...options }: Partial<LawOptions<number>> & { virtual?: boolean } = {},
) {
  const tried: number[] = [];
  const run = (value: number): Promise<void> => {
    tried.push(value);
    return law(value);
  };
  const ending: unknown = await forAll(toolsOf(virtual), 'a law', numbers, run, { script, ...options }).catch(
    (error: unknown) => error,
  );
  return { tried, ending };
}

const broken = (value: number): Broken => new Broken('the number', 'less', String(value));

describe('cases of a law', () => {
  it('are the same side by side and one by one', async () => {
    const law = (): Promise<void> => Promise.resolve();
    const options = { examples: [1_001, 1_002] };
    const together = await searched(law, options);
    expect(together.tried).toEqual((await searched(law, { ...options, alone: true })).tried);
    expect(together.tried).toHaveLength(20);
    expect(together.tried.slice(0, 2)).toEqual([1_001, 1_002]);
  });

  it('wait for no other', async () => {
    let begun = 0;
    let most = 0;
    const law = async (): Promise<void> => {
      begun += 1;
      most = Math.max(most, begun);
      await new Promise(setImmediate);
      begun -= 1;
    };
    await searched(law);
    expect(most).toBe(8);
    most = 0;
    await searched(law, { alone: true });
    expect(most).toBe(1);
  });

  it.each([false, true])(
    'give the smallest one that breaks the law, and how to repeat it (alone: %s)',
    async (alone) => {
      const { ending } = await searched(
        (value) => (value > 700 ? Promise.reject(broken(value)) : Promise.resolve()),
        { alone },
      );
      expect(ending).toMatchObject({
        actual: '701',
        evidence: [{ kind: 'mismatch' }, { kind: 'counterexample', script: ['701'], seed: 7 }],
      });
    },
  );

  it('name the same path of the counterexample whichever way they are lived', async () => {
    const law = (value: number): Promise<void> =>
      value % 10 === 3 ? Promise.reject(broken(value)) : Promise.resolve();
    const found = async (alone: boolean): Promise<unknown> => {
      const { ending } = await searched(law, { alone });
      const [, { path, runs }] = (ending as Broken).evidence as [unknown, { path: string; runs: number }];
      return { path, runs };
    };
    expect(await found(false)).toEqual(await found(true));
  });

  /** A law of which cases end so where others are beside them. */
  const amongOthers = (ending: (value: number) => Error): ((value: number) => Promise<void>) => {
    let begun = 0;
    return async (value) => {
      begun += 1;
      await new Promise(setImmediate);
      const crowded = begun > 4;
      await new Promise(setImmediate);
      begun -= 1;
      if (crowded) throw ending(value);
    };
  };

  it.each([
    broken(1),
    new Blocked('monitor.ok', 'it answered 500', true),
    new TypeError('a fault of the suite'),
  ])('tell of what needs others beside it: %s', async (told) => {
    expect((await searched(amongOthers(() => told))).ending).toBe(told);
  });

  it('are one by one in real time: a target need not manage so many before a deadline', async () => {
    const { tried, ending } = await searched(amongOthers(broken), { virtual: false });
    expect(ending).toBeUndefined();
    expect(tried).toHaveLength(20);
  });

  it('decide nothing by what is only concluded where others are beside them', async () => {
    const concluded = amongOthers(() => new Blocked('callback.post', 'none came'));
    expect((await searched(concluded)).ending).toBeUndefined();
  });

  it('are given up where what a few speak of never comes about', async () => {
    const { tried, ending } = await searched(() =>
      Promise.reject(new NotReached('retry.on-error', 'no retry')),
    );
    expect(ending).toBeInstanceOf(NotReached);
    expect(tried.length).toBeLessThan(16);
  });
});
