import type { CheckTools } from '../../harness/collect.ts';
import type { CancelWay, Operation } from '../../harness/operation.ts';
import type { Attempts } from '../../harness/probe-calls.ts';
import { isTerminal, type ShownCodes } from '../../harness/reading.ts';
import { untilFinished } from '../../harness/drive.ts';
import { NotTestable, Undecided } from '../../harness/test.ts';
import type { Round } from './history.ts';
import { randomNumbers } from './random.ts';

/** What a life is made of that is to be observed from its beginning to its end. */
export interface ObservedLife {
  readonly attempts: Attempts;
  /** Cancels in the given round, at the same time as that round's reads. */
  readonly cancel?: { readonly way: CancelWay; readonly inRound: number };
}

/** Enough to meet a reader who is behind now and then. */
const roundsAfterEnd = 10;
const longestVirtualMs = 72 * 60 * 60 * 1_000;
const longestIntervalMs = 1_000;

/**
 * Submits an operation and reads its monitor, several readers at once, until it has been at rest for
 * some rounds: between the moves of the clock, while it moves, and inside the attempts. The seed
 * decides how many read, how long the clock moves, and whether reads wait for it.
 *
 * @throws Undecided where it does not come to rest
 * @throws NotTestable where its retries are known to take longer than a check may wait
 */
export async function observeLife(
  { submit, clock, properties }: Pick<CheckTools, 'submit' | 'clock' | 'properties'>,
  { attempts, cancel }: ObservedLife,
): Promise<Round[]> {
  const random = randomNumbers(properties.seed);
  const rounds: Round[] = [];
  let seen: ShownCodes[] = [];
  const inside = async (running: Operation): Promise<void> => void seen.push(await running.monitor());
  const operation = await submit({ attempts, during: { 1: inside, 2: inside, 3: inside, 4: inside } });
  const told = (outcome: 'succeed' | 'fail'): number =>
    operation.attempts.filter(({ calls }) => calls.at(-1)?.answer?.outcome === outcome).length;
  const read = async (into: ShownCodes[]): Promise<void> => void into.push(await operation.monitor());

  let passed = 0;
  let canceled = false;
  let atRest = 0;
  const { patience } = operation.parts;
  const { beyond } = patience;
  // What is canceled need not wait for a retry.
  const realMs = cancel === undefined ? patience.realMs : Math.max(patience.realMs, untilFinished.realMs);
  const longest = clock.virtual ? longestVirtualMs : realMs;
  const pass = async (): Promise<void> => {
    // Waits for retries may be long, so that the intervals grow; at rest there is nothing to wait for.
    const most = clock.virtual && atRest === 0 ? passed : Math.min(passed, longestIntervalMs);
    const step = Math.ceil(random() * most + 1);
    if (atRest === 0) passed += step;
    await (clock.virtual ? clock.advance(step) : clock.pause(step));
  };

  while (atRest < roundsAfterEnd) {
    if (passed > longest) {
      await operation.requireEnd(await operation.monitor());
      if (!clock.virtual && beyond !== undefined) throw new NotTestable(beyond);
      throw new Undecided('the operation was not at rest in the time that the suite waits');
    }
    seen = [];
    const current = seen;
    const cancels = cancel !== undefined && rounds.length === cancel.inRound;
    const asked = rounds.at(-1)?.cancelAsked === true || cancels;
    const readers = Array.from({ length: 1 + Math.floor(random() * 4) }, () => read(current));
    const canceling = cancels ? operation.cancel(cancel.way) : undefined;
    const waits = rounds.length % 2 === 0;
    if (waits) await Promise.all([...readers, canceling]);
    await Promise.all([pass(), ...(waits ? [] : readers), canceling]);
    operation.parts.raise();
    rounds.push({
      when: `in round ${rounds.length + 1}`,
      seen: current,
      cancelAsked: asked,
      canceled,
      failures: told('fail'),
      successes: told('succeed'),
    });
    if (canceling !== undefined) canceled = (await canceling).ok;
    atRest = current.every(isTerminal) ? atRest + 1 : 0;
  }
  if (operation.attempts.length === 0 && !canceled)
    throw new Undecided('no attempt was ever made, so there was no life to observe');
  return rounds;
}
