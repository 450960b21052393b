import { describe, expect, it } from 'vitest';
import { pairs, type Codes } from '../../contract/vocabulary.ts';
import { contradiction, type Round } from './history.ts';

function round(seen: readonly Codes[], rest: Partial<Round> = {}): Round {
  return { when: 'once', cancelAsked: false, canceled: false, failures: 0, successes: 1, ...rest, seen };
}

const { waiting, inProgress, canceling, succeeded, failed, canceled } = pairs;
const failedOnce = { failures: 1 };
const asked = { cancelAsked: true };

describe('contradiction', () => {
  it.each<[string, Round[]]>([
    ['a success', [round([waiting]), round([inProgress]), round([succeeded]), round([succeeded])]],
    ['a success of which only ends were seen', [round([waiting]), round([succeeded])]],
    ['concurrent reads in any order', [round([succeeded, waiting, inProgress])]],
    [
      'a retry that shows waiting',
      [round([inProgress]), round([waiting], failedOnce), round([inProgress], failedOnce)],
    ],
    ['a failure', [round([inProgress]), round([failed], failedOnce)]],
    ['a cancellation', [round([waiting]), round([canceling], asked), round([canceled], asked)]],
    ['a cancellation too late', [round([inProgress]), round([canceling], asked), round([succeeded], asked)]],
  ])('accepts %s', (_name, rounds) => {
    expect(contradiction(rounds)).toBeUndefined();
  });

  it.each<[string, Round[]]>([
    ['a way back from the end', [round([succeeded]), round([inProgress])]],
    ['a change of the end', [round([failed], failedOnce), round([succeeded], failedOnce)]],
    ['two ends at once', [round([succeeded, canceled], asked)]],
    ['a way back from canceling', [round([canceling], asked), round([inProgress], asked)]],
    ['canceling that nobody asked for', [round([canceling])]],
    ['canceled that nobody asked for', [round([waiting]), round([canceled])]],
    ['in progress after an accepted cancellation', [round([inProgress], { ...asked, canceled: true })]],
    ['a failure without a failed attempt', [round([inProgress]), round([failed])]],
    ['a success without a succeeded attempt', [round([succeeded], { successes: 0 })]],
    ['waiting again without a failure', [round([inProgress]), round([waiting])]],
    [
      'waiting again more often than attempts failed',
      [
        round([inProgress]),
        round([waiting], failedOnce),
        round([inProgress], failedOnce),
        round([waiting], failedOnce),
      ],
    ],
  ])('finds %s', (_name, rounds) => {
    expect(contradiction(rounds)).toBeTypeOf('string');
  });
});
