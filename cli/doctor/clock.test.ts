import { afterEach, expect, it, vi } from 'vitest';
import type { TargetClock } from '../../harness/clock.ts';
import { lookAtClock } from './clock.ts';
import type { Patient } from './patient.ts';

afterEach(() => vi.useRealTimers());

it('does not wait for a clock that never answers to a move', async () => {
  vi.useFakeTimers();
  const clock: TargetClock = {
    virtual: true,
    now: () => Promise.resolve(0),
    advance: () => new Promise(() => undefined),
    pass: () => new Promise(() => undefined),
    pause: () => Promise.resolve(),
  };
  const look = lookAtClock({ target: { clock } } as unknown as Patient);
  await vi.advanceTimersByTimeAsync(41_000);
  expect(await look).toMatchObject({
    outcome: 'wrong',
    unready: 'starting',
    told: 'the virtual clock did not answer an advance by 1 ms within 40 s',
    mend: expect.stringContaining('--wait SECONDS') as string,
  });
});
