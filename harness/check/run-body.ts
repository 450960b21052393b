import type { Check } from '../check.ts';
import type { CheckBody } from '../collect.ts';
import { Undecided } from '../verdict.ts';

/**
 * Carries out the body of a check, settles the check, and gives what was thrown; undefined where nothing
 * was.
 *
 * @param limitMs milliseconds of real time after which the check is given up
 */
export async function thrownIn(body: CheckBody, check: Check, limitMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Undecided(`the check did not end within ${limitMs / 1000} s`)),
      limitMs,
    );
  });
  let thrown: unknown;
  try {
    await Promise.race([body(check), late]);
  } catch (error) {
    thrown = error;
  } finally {
    clearTimeout(timer);
  }
  try {
    check.settle();
  } catch (error) {
    thrown ??= error;
  }
  return thrown;
}
