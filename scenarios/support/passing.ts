import type { ClauseId } from '../../contract/clauses.ts';
import { pairs } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { until, untilStarted } from '../../harness/drive.ts';
import { isTerminal, sameCodes, type MonitorReading } from '../../harness/reading.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Attempts } from '../../harness/probe-calls.ts';
import type { Target } from '../../harness/target.ts';
import { NotReached, NotTestable, Undecided } from '../../harness/test.ts';
import { pairText } from './codes.ts';
import type { WaitingTarget } from './waiting.ts';

/**
 * Lets time pass until an attempt has called so often. Without that many calls the check is undecided:
 * what ended the attempt early is for another clause to say.
 */
export async function untilCalls(
  target: WaitingTarget,
  operation: Operation,
  calls: number,
  attempt = 1,
): Promise<void> {
  if (await callsCome(target, operation, calls, attempt)) return;
  throw new Undecided(
    `attempt ${attempt} did not call ${calls} times in the time that the suite waits for it`,
  );
}

/** As {@link untilCalls}, resolving with whether so many calls came. */
export async function callsCome(
  { clock, config }: WaitingTarget,
  operation: Operation,
  calls: number,
  attempt = 1,
): Promise<boolean> {
  const called = (): boolean => (operation.attempts[attempt - 1]?.calls.length ?? 0) >= calls;
  const seen = await until(clock, config.polling, untilStarted, called);
  operation.parts.raise();
  return seen;
}

/**
 * Lets time pass until so many attempts have started, or no more are to be expected; resolves with
 * whether they have. It looks at the probe's calls, so that what the monitor shows meanwhile does not
 * matter; only on a real clock an operation at rest is not waited for any longer.
 */
export async function attemptsCome(
  target: WaitingTarget,
  operation: Operation,
  attempts: number,
): Promise<boolean> {
  const { clock, config } = target;
  const patience = operation.patienceFor(attempts);
  const begun = (): boolean => operation.attempts.length >= attempts;
  const seen = await until(
    clock,
    config.polling,
    patience,
    async () => begun() || (!clock.virtual && isTerminal(await operation.monitor())),
  );
  operation.parts.raise();
  if (seen || clock.virtual) return begun();
  throw new Undecided(
    `${operation.attempts.length} of ${attempts} attempts came in ${patience.realMs / 1_000} s, and the operation is not at rest`,
  );
}

/** Lets time pass until so many attempts have started; blocks the check where they do not come. */
export async function untilAttempts(
  target: WaitingTarget,
  operation: Operation,
  attempts: number,
): Promise<void> {
  if (await attemptsCome(target, operation, attempts)) return;
  throw new NotReached(
    operation.attempts.length <= 1 ? 'retry.on-error' : 'retry.three-times',
    `only ${operation.attempts.length} of ${attempts} attempts came`,
  );
}

/**
 * The monitor once the operation is at rest. In virtual time a reading that is not at rest after days
 * is an answer as well; on a real clock it decides nothing.
 */
export async function lastReading({ clock }: WaitingTarget, operation: Operation): Promise<MonitorReading> {
  const reading = await operation.settled();
  if (clock.virtual || isTerminal(reading)) return reading;
  throw new Undecided('the operation was not at rest in the time that the suite waits');
}

/**
 * Lets time pass until the first attempt has failed and the first retry is awaited. Blocks the check
 * where the operation is at rest instead.
 */
export async function untilBetween(operation: Operation): Promise<MonitorReading> {
  await operation.started();
  const reading = await operation.monitor();
  if (!isTerminal(reading)) return reading;
  throw new NotReached(
    await missingRetry(operation),
    `after its first failure the operation shows ${pairText(reading)}`,
  );
}

/**
 * The clause that is broken where an operation that seems to be at its end has made too few attempts: there
 * is no further retry, or it still comes.
 */
export async function missingRetry(operation: Operation): Promise<ClauseId> {
  const made = operation.attempts.length;
  const comes = await operation.started(made + 1).then(
    () => true,
    () => false,
  );
  if (comes) return 'retry.not-terminal-between';
  return made <= 1 ? 'retry.on-error' : 'retry.three-times';
}

/** Demands, for checks that build on it, that the probe was told to end the last attempt so. */
export function requireOutcome(operation: Operation, outcome: 'succeed' | 'fail'): void {
  const { play } = operation.parts;
  if (play === undefined || play.attempts.at(-1)?.calls.at(-1)?.answer?.outcome === outcome) return;
  throw new Undecided(`no attempt was seen that ended with "${outcome}"`);
}

/**
 * Blocks a check about a success under special circumstances where not even attempts such as these end
 * as (3,30).
 *
 * @param clause what is broken then
 */
export async function requireSuccess(
  target: WaitingTarget,
  submit: CheckTools['submit'],
  attempts: Attempts,
  clause: ClauseId,
): Promise<void> {
  const operation = await submit({ attempts });
  await attemptsCome(target, operation, attempts.length);
  const reading = await lastReading(target, operation);
  if (sameCodes(reading, pairs.succeeded)) return;
  const made = operation.attempts.length;
  const missing = made <= 1 ? 'retry.on-error' : 'retry.three-times';
  const succeeded = operation.overdue()?.clause === 'state.succeeded';
  throw new NotReached(
    made < attempts.length ? missing : succeeded ? 'state.succeeded' : clause,
    pairText(reading),
  );
}

/**
 * Without `slow` a check on a real clock may wait as long as the configured budget and no longer: one
 * that takes more of the target's time is not testable then.
 */
export function requireTime({ clock, offers }: Pick<Target, 'clock' | 'offers'>, milliseconds: number): void {
  if (clock.virtual || offers.slow || offers.waitMs >= milliseconds) return;
  throw new NotTestable(
    `needs a virtual clock, --slow, or a budget.waitMs of ${Math.ceil(milliseconds / 1_000)} s at least`,
  );
}
