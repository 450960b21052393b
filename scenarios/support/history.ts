import { pairs, type Codes } from '../../contract/vocabulary.ts';
import { sameCodes, type ShownCodes } from '../../harness/reading.ts';
import { isOneOf, pairText } from './codes.ts';

/** What concurrent reads showed between two moments of the suite's time; rounds follow one another. */
export interface Round {
  /** When it was read, in words. */
  readonly when: string;
  readonly seen: readonly ShownCodes[];
  /** Whether a cancellation had been asked for before the round ended. */
  readonly cancelAsked: boolean;
  /** Whether a cancellation had been accepted before the round began. */
  readonly canceled: boolean;
  /** Attempts that had been told to fail, and to succeed, before the round ended. */
  readonly failures: number;
  readonly successes: number;
}

const ended: readonly Codes[] = [pairs.succeeded, pairs.failed, pairs.canceled];
const begun: readonly Codes[] = [pairs.waiting, pairs.inProgress];

/** Whether an operation that showed one pair can show the other later on; back to waiting takes a failure. */
function mayFollow(earlier: ShownCodes, later: ShownCodes, failures: number): boolean {
  if (sameCodes(earlier, later)) return true;
  if (sameCodes(later, pairs.waiting) && failures === 0) return false;
  if (isOneOf(earlier, ended)) return false;
  if (sameCodes(earlier, pairs.canceling)) return isOneOf(later, ended);
  return isOneOf(earlier, begun);
}

/** What is wrong with one reading on its own; undefined where nothing is. */
function oddity(shown: ShownCodes, round: Round): string | undefined {
  const cancellation = sameCodes(shown, pairs.canceling) || sameCodes(shown, pairs.canceled);
  if (cancellation && !round.cancelAsked) return `${pairText(shown)}, although nobody had canceled it`;
  if (round.canceled && isOneOf(shown, begun))
    return `${pairText(shown)}, although its cancellation had been accepted`;
  if (sameCodes(shown, pairs.failed) && round.failures === 0)
    return `${pairText(shown)}, although no attempt had failed`;
  if (sameCodes(shown, pairs.succeeded) && round.successes === 0)
    return `${pairText(shown)}, although no attempt had succeeded`;
  return undefined;
}

/**
 * Why no run of the lifecycle explains what was seen of one operation, in words; undefined where one
 * does. Within a round the reads ran at the same time, so that they may have happened in any order.
 */
export function contradiction(rounds: readonly Round[]): string | undefined {
  let setBacks = 0;
  let latest: ShownCodes | undefined;
  for (const [index, round] of rounds.entries()) {
    for (const shown of round.seen) {
      const odd = oddity(shown, round);
      if (odd !== undefined) return `${round.when} it showed ${odd}`;
      for (const earlier of rounds.slice(0, index)) {
        const before = earlier.seen.find((one) => !mayFollow(one, shown, round.failures));
        if (before !== undefined)
          return `${earlier.when} it showed ${pairText(before)}, and ${round.when} ${pairText(shown)}`;
      }
      const beside = round.seen.find(
        (one) => !mayFollow(one, shown, round.failures) && !mayFollow(shown, one, round.failures),
      );
      if (beside !== undefined)
        return `${round.when} it showed both ${pairText(beside)} and ${pairText(shown)}`;
    }
    // Where all reads of a round agree the operation was seen in that state; back to waiting takes a failure.
    const [agreed] = round.seen;
    if (agreed === undefined || !round.seen.every((one) => sameCodes(one, agreed))) continue;
    if (latest !== undefined && sameCodes(latest, pairs.inProgress) && sameCodes(agreed, pairs.waiting))
      setBacks += 1;
    if (setBacks > round.failures)
      return `${round.when} it had gone back to ${pairText(agreed)} ${setBacks} times, after ${round.failures} failures`;
    latest = agreed;
  }
  return undefined;
}
