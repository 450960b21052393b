import type { Attempt } from '../../harness/plan.ts';
import type { TargetClock } from '../../harness/clock.ts';
import { Blocked, expect } from '../../harness/test.ts';

/**
 * Demands that each attempt had been told its end before the next one began; on a virtual clock also by
 * the times that the target tells. On a real one they may be those of several machines.
 */
export function expectApart(
  attempts: readonly Attempt[],
  { virtual }: Pick<TargetClock, 'virtual'> = { virtual: true },
): void {
  for (const [index, { calls }] of attempts.slice(0, -1).entries()) {
    const subject = `what attempt ${index + 1} had been told when the next one began`;
    const told = calls.at(-1)?.answer?.outcome;
    const number = calls[0]?.attempt;
    const goesOn = attempts.slice(index + 1).some(({ calls: later }) => later[0]?.attempt === number);
    // An attempt that never calls again was cut short: then the two did not run at the same time.
    if (told === 'continue' && !goesOn)
      throw new Blocked('time-limit.allows-below', `attempt ${index + 1} was cut short`);
    expect(told, subject).toBeOneOf(['succeed', 'fail']);
    if (!virtual) continue;
    const ended = calls.at(-1)?.time ?? Number.NaN;
    const began = attempts[index + 1]?.calls[0]?.time ?? Number.NaN;
    expect(began - ended, `milliseconds from the end of attempt ${index + 1} to the next`).toSatisfy(
      Number.isNaN(began - ended) || began >= ended,
      'at least 0',
    );
  }
}
