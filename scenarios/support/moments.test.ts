import { describe, expect, it } from 'vitest';
import type { Operation } from '../../harness/operation.ts';
import { Undecided } from '../../harness/test.ts';
import { betweenAttempts } from './moments.ts';

/** A target whose retries come as often as told while a check looks; each operation has the attempts that were made. */
function target(virtual: boolean, retriesDuring: readonly boolean[]) {
  const looked: number[] = [];
  const submit = ({ attempts = [] }: { readonly attempts?: readonly unknown[] }): Promise<Operation> => {
    const play = { attempts: attempts.slice(0, -1) };
    return Promise.resolve({ parts: { play }, started: () => Promise.resolve() } as unknown as Operation);
  };
  const look = (operation: Operation): Promise<void> => {
    const attempts = operation.parts.play?.attempts as unknown[];
    looked.push(attempts.length);
    if (retriesDuring[looked.length - 1] !== true) return Promise.resolve();
    attempts.push({});
    return Promise.reject(new Error('it saw an end'));
  };
  const passed: number[] = [];
  const clock = { virtual, advance: (ms: number) => Promise.resolve(passed.push(ms)) };
  return { run: () => betweenAttempts({ submit: submit as never, clock }, look), looked, passed };
}

describe('a look while a retry is awaited', () => {
  it('is taken once more, before a later retry, where the retry came meanwhile', async () => {
    const { run, looked } = target(false, [true, false]);
    await run();
    expect(looked).toEqual([1, 2]);
  });

  it('decides nothing where every retry came meanwhile', async () => {
    const { run, looked } = target(false, [true, true, true]);
    await expect(run()).rejects.toBeInstanceOf(Undecided);
    expect(looked).toEqual([1, 2, 3]);
  });

  it('counts in virtual time, where no retry comes by itself', async () => {
    const { run, looked, passed } = target(true, [true]);
    await expect(run()).rejects.toThrow('it saw an end');
    expect(looked).toEqual([1]);
    // Until the attempt has failed, when its row has come.
    expect(passed).toEqual([6_000]);
  });
});
