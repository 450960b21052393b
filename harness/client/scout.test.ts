import { describe, expect, it, vi } from 'vitest';
import { ScoutGate } from './scout.ts';

describe('requests to a target that has asked for less', () => {
  it('go one first, and the rest only after it was let in', async () => {
    const gate = new ScoutGate();
    gate.close();
    const entered: number[] = [];
    const all = [1, 2, 3, 4].map(async (number) => {
      const leave = await gate.enter();
      entered.push(number);
      return leave;
    });
    const leave = await all[0];
    await new Promise(setImmediate);
    expect(entered).toEqual([1]);
    gate.open();
    leave?.();
    await Promise.all(all);
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it('go one first again where that one was refused', async () => {
    const gate = new ScoutGate();
    gate.close();
    const entered: number[] = [];
    const enter = async (number: number): Promise<() => void> => {
      const leave = await gate.enter();
      entered.push(number);
      return leave;
    };
    const first = await enter(1);
    const others = [enter(2), enter(3)];
    gate.close();
    first();
    await Promise.race(others);
    await new Promise(setImmediate);
    expect(entered).toEqual([1, 2]);
    gate.open();
    (await others[0])?.();
    await Promise.all(others);
    expect(entered).toEqual([1, 2, 3]);
  });

  it('are not held for ever by one that waits for another itself', async () => {
    vi.useFakeTimers();
    try {
      const gate = new ScoutGate();
      gate.close();
      await gate.enter();
      const second = gate.enter();
      await vi.advanceTimersByTimeAsync(2_000);
      await second;
    } finally {
      vi.useRealTimers();
    }
  });

  it('pass freely where nothing was asked for', async () => {
    const gate = new ScoutGate();
    await Promise.all([gate.enter(), gate.enter(), gate.enter()]);
  });
});
