import { describe, expect, it } from 'vitest';
import { NotReadyError } from '../terminal.ts';
import { waitUntilReady } from './readiness.ts';

/** A wait in a time of its own; gives what was told, and how many looks it took. */
async function waited(waitMs: number, outcomes: readonly (Error | undefined)[]) {
  let now = 0;
  let looks = 0;
  const told: string[] = [];
  const lefts: number[] = [];
  const look = (leftMs: number): Promise<void> => {
    lefts.push(leftMs);
    const outcome = outcomes[Math.min(looks, outcomes.length - 1)];
    looks += 1;
    return outcome === undefined ? Promise.resolve() : Promise.reject(outcome);
  };
  const ended = await waitUntilReady(look, {
    waitMs,
    tell: (line) => void told.push(line),
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  }).catch((error: unknown) => error);
  return { ended, told, looks, now, lefts };
}

const starting = new NotReadyError('nothing listens there', true);
const wrong = new NotReadyError('no such user', false);

describe('the wait for a target that is not ready', () => {
  it('says in one line what is in the way, and that it is over', async () => {
    const { ended, told, looks } = await waited(60_000, [starting, starting, undefined]);
    expect(ended).toBeUndefined();
    expect(looks).toBe(3);
    expect(told).toEqual([
      'Waiting up to 60 s until the target is ready: nothing listens there',
      expect.stringMatching(/^The target is ready after \d+ s\.$/),
    ]);
  });

  it('ends with what was seen last, and not before the time is over', async () => {
    const { ended, now, lefts } = await waited(5_000, [wrongLater(), starting]);
    expect(ended).toMatchObject({
      message: 'not ready within 5 s (--wait): nothing listens there',
    });
    expect(now).toBe(5_000);
    expect(lefts.at(-1)).toBe(0);
  });

  it('looks three times at once where it was not asked for: one bad answer ends no run', async () => {
    expect(await waited(0, [starting])).toMatchObject({ ended: starting, looks: 3, told: [] });
    expect(await waited(0, [starting, undefined])).toMatchObject({ ended: undefined, looks: 2, told: [] });
  });

  it('does not begin where it cannot help', async () => {
    expect(await waited(0, [wrong])).toMatchObject({ ended: wrong, looks: 1 });
    expect(await waited(5_000, [wrong])).toMatchObject({ ended: wrong, looks: 1, told: [] });
    const fault = new TypeError('a fault of the suite');
    expect(await waited(5_000, [fault])).toMatchObject({ ended: fault, looks: 1 });
  });
});

function wrongLater(): NotReadyError {
  return new NotReadyError('a gateway answered 502', true);
}
