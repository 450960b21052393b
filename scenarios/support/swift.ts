import { setTimeout } from 'node:timers/promises';
import { Undecided } from '../../harness/test.ts';

/** Whether a promise is still pending after so many milliseconds of real time. */
export async function outlasts(pending: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const settled = new AbortController();
  const late = setTimeout(milliseconds, true, { signal: settled.signal }).catch(() => false);
  const result = await Promise.race([pending.then(() => false), late]);
  settled.abort();
  return result;
}

/**
 * Ends the check where it says nothing that an answer did not come in so many milliseconds: the target had the suite
 * wait for some of them, or takes as long for any submission.
 *
 * @param ownMs how many of them the target took itself
 */
export async function requireSwift(
  submit: () => Promise<unknown>,
  patientMs: number,
  ownMs: number,
): Promise<void> {
  if (ownMs < 0.9 * patientMs)
    throw new Undecided('the target had the suite wait before it took the request');
  const usual = submit();
  usual.catch(() => undefined);
  if (await outlasts(usual, patientMs))
    throw new Undecided(`the target takes more than ${patientMs / 1_000} s for any submission`);
}
