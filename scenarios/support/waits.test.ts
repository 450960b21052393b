import { describe, expect, it } from 'vitest';
import { realClock, type TargetClock } from '../../harness/clock.ts';
import type { Operation } from '../../harness/operation.ts';
import { Broken, Undecided } from '../../harness/test.ts';
import { expectWaits, judgeWaits, waitsOf, type Waits } from './waits.ts';

const virtual = { virtual: true } as TargetClock;

/** Attempts of one call each: the target's time and the suite's, in milliseconds. */
function operation(...calls: readonly (readonly [time: number, arrivedAt: number])[]): Operation {
  const attempts = calls.map(([time, arrivedAt]) => ({ calls: [{ time, arrivedAt }] }));
  return { attempts } as unknown as Operation;
}

const measured = (noise: number, ...milliseconds: number[]): Waits => ({ milliseconds, noise });

const longer = (wait: number | undefined, bound: number, expected = 'longer') =>
  ({ wait, comparison: 'longer than', bound, expected }) as const;
const atLeast = (wait: number | undefined, bound: number, expected = 'no shorter') =>
  ({ wait, comparison: 'at least', bound, expected }) as const;

describe('the waits of an operation', () => {
  it('are the target’s own on a virtual clock, without noise', () => {
    expect(waitsOf(operation([0, 5], [1_000, 7], [3_000, 9]), virtual)).toEqual({
      milliseconds: [1_000, 2_000],
      noise: 0,
    });
  });

  it('are those that the listener saw on a real clock, with the spread between the clocks as noise', () => {
    const { milliseconds, noise } = waitsOf(
      operation([0, 100], [1_000, 1_150], [3_000, 3_100]),
      realClock,
      0,
    );
    expect(milliseconds).toEqual([1_050, 1_950]);
    expect(noise).toBe(100);
  });

  it('have a noise in real time even where no call tells the target’s time', () => {
    expect(waitsOf(operation([Number.NaN, 0], [Number.NaN, 500]), realClock, 0).noise).toBe(25);
  });
});

describe('a demand on waits', () => {
  it('holds or is broken outside the noise', () => {
    expectWaits(measured(25, 100, 200), [longer(200, 100), atLeast(200, 150)]);
    expect(() => expectWaits(measured(25, 200, 100), [longer(100, 200, 'growing')])).toThrow(Broken);
  });

  it('cannot be told within the noise', () => {
    expect(() => expectWaits(measured(25, 100, 110), [longer(110, 100)])).toThrow(Undecided);
    expect(() => expectWaits(measured(25, 110, 100), [longer(100, 110)])).toThrow(Undecided);
  });

  it('without noise is exact for growth, and a millisecond generous for shares', () => {
    expect(() => expectWaits(measured(0, 100, 100), [longer(100, 100)])).toThrow(Broken);
    expectWaits(measured(0, 100, 75), [atLeast(75, 76)]);
    expect(() => expectWaits(measured(0, 100, 75), [atLeast(75, 76.5)])).toThrow(Broken);
  });

  it('is broken where one of several is, whatever the noise hides of the others', () => {
    const waits = measured(25, 300, 300, 300);
    const demands = [longer(300, 290, 'hidden'), atLeast(300, 400, 'the broken one')];
    expect(() => expectWaits(waits, demands)).toThrow(/the broken one/);
  });

  it('cannot be told of a wait that nobody saw', () => {
    expect(() => expectWaits(measured(0), [longer(undefined, 0)])).toThrow(Undecided);
  });
});

describe('waits that are judged', () => {
  const grows = (waits: Waits): void =>
    expectWaits(waits, [longer(waits.milliseconds[1], waits.milliseconds[0] ?? 0, 'growing')]);

  /** Measures what it is given, one after the other, and counts. */
  function series(...all: Waits[]): { measure: () => Promise<Waits>; taken: () => number } {
    let taken = 0;
    const measure = (): Promise<Waits> => Promise.resolve(all[taken++] ?? measured(0));
    return { measure, taken: () => taken };
  }

  const good = measured(25, 100, 200);
  const bad = measured(25, 200, 100);

  it('are looked at once where they hold, and once in virtual time', async () => {
    const holding = series(good, bad);
    await judgeWaits(realClock, holding.measure, grows);
    expect(holding.taken()).toBe(1);
    const exact = series(measured(0, 200, 100), good);
    await expect(judgeWaits(virtual, exact.measure, grows)).rejects.toThrow(Broken);
    expect(exact.taken()).toBe(1);
  });

  it('are broken in real time where three operations in a row show it, all of them told', async () => {
    const three = series(bad, bad, measured(25, 300, 100));
    await expect(judgeWaits(realClock, three.measure, grows)).rejects.toThrow(/0\.2, 0\.1 s.*0\.3, 0\.1 s/s);
  });

  it('are undecided in real time where one shows it and the next does not', async () => {
    await expect(judgeWaits(realClock, series(bad, good).measure, grows)).rejects.toThrow(Undecided);
    await expect(judgeWaits(realClock, series(bad, bad, good).measure, grows)).rejects.toThrow(Undecided);
  });

  it('are undecided where the noise hides them', async () => {
    const hidden = series(measured(25, 100, 110));
    await expect(judgeWaits(realClock, hidden.measure, grows)).rejects.toThrow(Undecided);
    expect(hidden.taken()).toBe(1);
  });
});
