import { describe, expect, it } from 'vitest';
import { MeasuredRetries, type RetryTimes } from './pace.ts';

async function measured(times: RetryTimes | undefined): Promise<MeasuredRetries> {
  const pace = new MeasuredRetries(() => Promise.resolve(times));
  await pace.times();
  return pace;
}

describe('the pace of a target', () => {
  it('is measured once, when it is asked for', async () => {
    let measurements = 0;
    const pace = new MeasuredRetries(() => {
      measurements += 1;
      return Promise.resolve({ waits: [], ended: false, watchedMs: 30_000 });
    });
    expect(pace.beyond(1)).toBeUndefined();
    await Promise.all([pace.times(), pace.times()]);
    await pace.times();
    expect(measurements).toBe(1);
  });

  it('tells which number of retries fits', async () => {
    const pace = await measured({ waits: [7_000], ended: false, watchedMs: 30_000 });
    expect(pace.beyond(0)).toBeUndefined();
    expect(pace.beyond(1)).toBeUndefined();
    expect(pace.beyond(2)).toBe(
      'needs a virtual clock, --slow, or a longer budget.waitMs: retry 2 did not come in 30 s',
    );
    const none = await measured({ waits: [], ended: false, watchedMs: 4_600 });
    expect(none.beyond(1)).toContain('no retry came in 5 s');
  });

  it('leaves to the checks what a target does that comes to rest early, or cannot be measured', async () => {
    expect((await measured({ waits: [], ended: true, watchedMs: 200 })).beyond(3)).toBeUndefined();
    expect((await measured(undefined)).beyond(3)).toBeUndefined();
  });

  it('knows no more retries than three', async () => {
    const pace = await measured({ waits: [1, 2, 4], ended: false, watchedMs: 7 });
    expect(pace.beyond(8)).toBeUndefined();
  });
});
