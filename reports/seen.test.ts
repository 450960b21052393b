import { describe, expect, it } from 'vitest';
import { sampleChecks } from './fixtures/sample.ts';
import { seenIn } from './seen.ts';

describe('what a run saw of the lifecycle', () => {
  const [first] = sampleChecks({ checks: 1 });

  it('counts transitions between observations of one operation', () => {
    const seen = seenIn(first === undefined ? [] : [first]);
    expect(seen).toMatchObject({
      operations: 1,
      transitions: [
        { from: '0,0', to: '2,20', count: 1 },
        { from: '2,20', to: '3,30', count: 1 },
      ],
    });
  });

  it('measures the waits between attempts on the target’s clock', () => {
    expect(seenIn(first === undefined ? [] : [first])?.backoff[0]?.waits).toEqual([10_004, 20_001, 40_001]);
  });

  it('is nothing when no operation was seen', () => {
    expect(seenIn([])).toBeUndefined();
  });
});
