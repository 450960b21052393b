import { describe, expect, inject, it } from 'vitest';
import { varyChoices } from './choices.ts';
import { backOff } from './core/lifecycle.ts';
import { createKit } from './test-kit.ts';

const seeds = Array.from({ length: 200 }, (_each, index) => index + 1);

describe('varyChoices', () => {
  it('gives the same choices for the same seed, and others for another', () => {
    expect(varyChoices(7)).toEqual(varyChoices(7));
    expect(new Set(seeds.map((seed) => JSON.stringify(varyChoices(seed)))).size).toBe(seeds.length);
  });

  it('keeps the waits growing under the worst jitter', () => {
    for (const seed of seeds) {
      const { retry } = varyChoices(seed);
      const [first, second, third] = [1, 2, 3];
      expect(backOff(third, retry, 0)).toBeGreaterThan(backOff(first, retry, 1));
      expect(backOff(second, retry, 0)).toBeGreaterThanOrEqual(0.75 * backOff(first, retry, 1));
      expect(backOff(third, retry, 0)).toBeGreaterThanOrEqual(0.75 * backOff(second, retry, 1));
    }
  });

  it('leaves the life of an operation what it is', async () => {
    for (const seed of inject('thorough') ? seeds : seeds.slice(0, 20)) {
      const kit = createKit({ choices: varyChoices(seed), seed }, (_request, sent) =>
        sent <= 4 ? { outcome: 'fail', errorMessage: 'no' } : { outcome: 'succeed', outputs: { Text: 'x' } },
      );
      const [failed, succeeded, canceled] = [await kit.submit(), await kit.submit(), await kit.submit()];
      await kit.call('DELETE', `/api/backgroundoperation/${canceled}`);
      await kit.call('DELETE', `/api/backgroundoperation/${succeeded}`);
      await kit.advance(86_400_000);
      const again = await kit.submit();
      await kit.advance(5_000);
      expect(kit.sent).toHaveLength(5);
      expect(await kit.monitor(failed)).toMatchObject({ backgroundOperationStatusCode: 31 });
      expect(await kit.monitor(canceled)).toMatchObject({ backgroundOperationStatusCode: 32 });
      expect(await kit.monitor(again)).toMatchObject({ backgroundOperationStatusCode: 30, Text: 'x' });
      expect(await kit.row(again)).toMatchObject({ outputparameters: '[{"Key":"Text","Value":"x"}]' });
    }
  });
});
