import { describe, expect, it } from 'vitest';
import { isDead, OwnRefusals } from './refused-token.ts';

/** A look at a token, in a time of its own, that is answered by these statuses; the last one repeats. */
async function looked(statuses: readonly number[], waitMs = 0) {
  let time = 0;
  let asked = 0;
  const dead = await isDead({
    whoAmI: () => Promise.resolve(statuses[Math.min(asked++, statuses.length - 1)] ?? 0),
    waitMs,
    now: () => time,
    sleep: (milliseconds) => Promise.resolve((time += milliseconds)),
  });
  return { dead, asked, time };
}

describe('a token that is refused', () => {
  it('is dead where it is refused again and again, and not where a gateway refused it once', async () => {
    expect(await looked([401])).toEqual({ dead: true, asked: 3, time: 0 });
    expect(await looked([401, 200])).toMatchObject({ dead: false, asked: 2 });
    expect(await looked([403])).toMatchObject({ dead: false, asked: 1 });
  });

  it('is given as long as the user waits', async () => {
    expect(await looked([401], 5_000)).toMatchObject({ dead: true, time: 5_000 });
    expect(await looked([401, 401, 401, 401, 200], 5_000)).toMatchObject({ dead: false, time: 2_000 });
  });
});

describe('a request that is refused although the token is good', () => {
  it('is sent again, and is the target’s own where it is always refused: from then on at once', async () => {
    const refusals = new OwnRefusals();
    let sent = 0;
    const again = (status: number) => () => {
      sent += 1;
      return Promise.resolve({ status });
    };
    const refused = { status: 401 };
    expect(await refusals.settle('a', refused, again(204))).toEqual({
      answer: { status: 204 },
      recovered: true,
    });
    expect(await refusals.settle('a', refused, again(401))).toEqual({ answer: refused, recovered: false });
    expect(sent).toBe(3);
    await refusals.settle('a', refused, again(401));
    expect(sent).toBe(3);
    await refusals.settle('b', refused, again(401));
    expect(sent).toBe(5);
  });
});
