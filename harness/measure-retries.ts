import type { Principal } from './auth.ts';
import { Client } from './client.ts';
import { until, untilFinished } from './drive.ts';
import { tellNotice } from './notices.ts';
import { fail } from './plan.ts';
import type { RetryTimes } from './pace.ts';
import { Probe } from './probe.ts';
import { isTerminal } from './reading.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';
import { Ending } from './verdict.ts';

/** An operation makes no more attempts than these. */
const mostAttempts = 4;

/**
 * Follows one operation whose every attempt fails, for as long as a check may wait, and tells when its
 * retries came. Undefined where that cannot be done: what is wrong then is for the checks to say.
 *
 * @param budgetMs real time
 */
export async function measureRetries(target: Target, budgetMs: number): Promise<RetryTimes | undefined> {
  const { listener, clock, config } = target;
  // What happens here is no part of the check in whose midst it is needed.
  const told = listener.onReceived;
  listener.onReceived = undefined;
  const transcript = new Transcript();
  const as = (principal: Principal): Client => new Client(target, principal, transcript);
  try {
    const operation = await new Probe(target, as).submit({ attempts: [fail()] });
    tellNotice({ kind: 'patient', milliseconds: budgetMs });
    const attempts = operation.parts.play?.attempts ?? [];
    const began = performance.now();
    let ended = false;
    await until(clock, config.polling, { ...untilFinished, realMs: budgetMs }, async () => {
      ended = isTerminal(await operation.monitor());
      return ended || attempts.length >= mostAttempts;
    });
    const waits = attempts.slice(1).map(({ calls }, index) => {
      const failedAt = attempts[index]?.calls.at(-1)?.arrivedAt ?? Number.NaN;
      return (calls[0]?.arrivedAt ?? Number.NaN) - failedAt;
    });
    return { waits, ended, watchedMs: performance.now() - began };
  } catch (error) {
    if (error instanceof Ending) return undefined;
    throw error;
  } finally {
    listener.onReceived = told;
  }
}
