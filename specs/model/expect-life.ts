import { limits } from '../../contract/vocabulary.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';
import type { Story } from './story.ts';

/** What a cancellation adds to the story of an operation at rest. */
export interface RestedStory extends Story {
  /** Attempts that had begun when the cancellation was accepted. */
  readonly attemptsBeforeCancel: number;
  /** Whether the cancellation was asked for twice. */
  readonly canceledTwice: boolean;
}

/** Holds the attempts of an operation at rest against the contract: how many there were, and what each was given. */
export function lifeMismatches(story: RestedStory): readonly ViewMismatch[] {
  const { operation, attempts, canceled } = story;
  const found = new Mismatches('an operation at rest');
  const made = attempts.length;
  const at = attempts.findIndex(({ end }) => end === 'succeeded');
  const further = at < 0 ? 0 : made - at - 1;
  found.unless(further === 0, 'retry.stops-on-success', 'the attempts after its success', 0, further);
  found.unless(
    made <= limits.retries + 1,
    'retry.at-most-three',
    'the attempts',
    `at most ${limits.retries + 1}`,
    made,
  );
  const last = attempts.at(-1);
  const retried = attempts.every(({ end }) => end === 'own' || end === 'no-answer');
  if (canceled === undefined && last !== undefined && retried && made <= limits.retries)
    for (const clause of [...(made === 1 ? (['retry.on-error'] as const) : []), 'retry.three-times' as const])
      found.unless(false, clause, 'the attempts', limits.retries + 1, made);
  // An error of its own is followed by a retry, whatever the attempts before it failed with.
  const mixed = !retried && (last?.end === 'own' || last?.end === 'no-answer');
  if (canceled === undefined && story.ended && mixed && at < 0 && made <= limits.retries)
    found.unless(false, 'retry.on-error', 'the attempts', `more than ${made}`, made);
  if (canceled !== undefined && made > story.attemptsBeforeCancel) {
    const clause = story.canceledTwice
      ? 'cancel.twice'
      : canceled === 'waiting'
        ? 'cancel.before-start-never-executes'
        : canceled === 'running'
          ? 'cancel.no-retry'
          : 'cancel.no-retry-while-waiting';
    found.unless(
      false,
      clause,
      'the attempts after its cancellation was accepted',
      0,
      made - story.attemptsBeforeCancel,
    );
  }
  expectTimely(story, found);
  expectWaits(story, found);
  const payload = operation.parts.body['Payload'];
  for (const [index, { calls }] of operation.attempts.entries())
    for (const call of calls) {
      const what = `attempt ${index + 1}`;
      if (call.payload !== undefined)
        found.unless(
          call.payload === payload,
          index === 0 ? 'table.inputparameters' : 'retry.same-inputs',
          `the payload in ${what}`,
          payload,
          call.payload,
        );
      if (call.backgroundOperationId !== undefined)
        found.unless(
          call.backgroundOperationId === operation.id,
          'retry.same-operation',
          `the id in ${what}`,
          operation.id,
          call.backgroundOperationId,
        );
    }
  return found.list;
}

/** No attempt runs for longer than it may, and none is ended before. */
function expectTimely({ operation, attempts }: Story, found: Mismatches): void {
  for (const [index, { began, last, end }] of attempts.entries()) {
    const ran = last - began;
    const asked = operation.attempts[index]?.calls.at(-1)?.answer;
    const goesOn = asked?.outcome === 'continue' ? asked.milliseconds : 0;
    const what = `the duration of attempt ${index + 1}, in milliseconds,`;
    if (end === 'time-out')
      found.unless(
        ran + goesOn > limits.attemptMilliseconds,
        'time-limit.allows-below',
        what,
        `${ran + goesOn}: it was ended earlier`,
        ran,
      );
    else
      found.unless(
        ran <= limits.attemptGraceMilliseconds,
        'time-limit.fails-beyond',
        what,
        `at most ${limits.attemptGraceMilliseconds}`,
        ran,
      );
  }
}

/** The waits for retries grow; those after errors of different kinds are not compared. */
function expectWaits({ attempts, canceled }: Story, found: Mismatches): void {
  if (canceled !== undefined) return;
  const failed = attempts.slice(0, -1);
  const [kind, ...others] = new Set(failed.map(({ end }) => end));
  if (kind === undefined || others.length > 0) return;
  const from = failed.map(({ began, last }) => (kind === 'time-out' ? began : last));
  const [first, second, third] = from.map(
    (moment, index) => (attempts[index + 1]?.began ?? Number.NaN) - moment,
  );
  // When an attempt ended that ran out of time is not known, but it is after as long as in those of the same plan.
  const alike = new Set(failed.map(({ began, last }) => last - began)).size === 1;
  if (kind === 'time-out' && !alike) return;
  const ran = kind === 'time-out' ? limits.attemptMilliseconds : 0;
  const waits = [first, second, third].filter((wait) => wait !== undefined);
  const kept = waits.every(
    (wait, index) => index === 0 || wait - ran >= ((waits[index - 1] ?? 0) - ran) * 0.75,
  );
  const grown = first === undefined || third === undefined || third > first;
  const what =
    kind === 'time-out' ? 'the times between the starts of attempts that ran out of time' : 'the waits';
  found.unless(kept && grown, 'retry.backoff-grows', `${what}, in milliseconds,`, 'growing', waits);
}
