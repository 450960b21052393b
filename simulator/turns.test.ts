import { afterEach, describe, expect, it, vi } from 'vitest';
import { inTurns, TooLong } from './turns.ts';
import type { Steps } from './turns.ts';

const noLimit = { milliseconds: Infinity, steps: 0 };
let now = 0;

/** Work of so many steps, of so many milliseconds each. */
function* steps(count: number, milliseconds: number, told: (step: number) => void = () => {}): Steps<string> {
  for (let step = 1; step <= count; step += 1) {
    now += milliseconds;
    told(step);
    yield;
  }
  return 'done';
}

describe('inTurns', () => {
  afterEach(() => vi.restoreAllMocks());
  const clock = () => vi.spyOn(performance, 'now').mockImplementation(() => now);

  it('does short work at once', () => {
    clock();
    expect(inTurns(steps(7, 1), noLimit)).toBe('done');
  });

  it('serves others between two slices of long work', async () => {
    clock();
    const order: string[] = [];
    const work = inTurns(
      steps(30, 1, (step) => order.push(`step ${step}`)),
      noLimit,
    );
    setImmediate(() => order.push('a request'));
    expect(await work).toBe('done');
    expect(order.indexOf('a request')).toBeGreaterThan(6);
    expect(order.indexOf('a request')).toBeLessThan(20);
  });

  it('makes one slice between two looks at others, however many works are under way', async () => {
    clock();
    let sliced = 0;
    const works = Array.from({ length: 10 }, () =>
      inTurns(
        steps(40, 1, () => sliced++),
        noLimit,
      ),
    );
    let most = 0;
    let over = false;
    const others = (async () => {
      while (!over) {
        const before = sliced;
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, sliced - before);
      }
    })();
    expect(await Promise.all(works)).toEqual(Array(10).fill('done'));
    over = true;
    await others;
    expect(most).toBeLessThanOrEqual(8);
    expect(sliced).toBe(400);
  });

  it('gives up work that takes more of its own time than it may, but makes some steps in any case', async () => {
    clock();
    const limit = { milliseconds: 100, steps: 200 };
    expect(await inTurns(steps(199, 1), limit)).toBe('done');
    await expect(inTurns(steps(201, 1), limit)).rejects.toThrow(TooLong);
    // What others take in between does not count.
    const slow = inTurns(steps(201, 0.45), limit);
    now += 10_000;
    expect(await slow).toBe('done');
  });

  it('hands on what the work throws', async () => {
    clock();
    function* broken(count: number): Steps<never> {
      yield* steps(count, 1);
      throw new Error('broken');
    }
    expect(() => inTurns(broken(2), noLimit)).toThrow('broken');
    await expect(inTurns(broken(20), noLimit)).rejects.toThrow('broken');
  });
});
