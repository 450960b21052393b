import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig } from '../harness/config.ts';
import type { RawCheck } from '../record/outcome.ts';
import { runCheck, type CollectedCheck } from '../harness/runner.ts';
import { openTarget } from '../harness/target.ts';
import { deviated } from '../simulator/deviation.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { startServer } from '../simulator/server.ts';

/** Waits of 0.3, 0.6 and 1.2 s: an implementation under development, in a hurry. */
const retry = { baseMs: 300, factor: 2, jitter: 0 };
const checkLimitMs = 180_000;

/**
 * Runs checks in real time, over HTTP, against a simulator of their own that deviates so.
 *
 * @param deviations names; none for the plain simulator
 */
export async function inRealTime(
  checks: readonly CollectedCheck[],
  deviations: readonly string[],
): Promise<RawCheck[]> {
  const wrong = deviated(await Promise.all(deviations.map(loadDeviation)));
  const server = await startServer({ ...wrong, clock: 'real', retry, seed: 1 });
  const as = (user: string): object => ({ kind: 'simulator-user', user });
  const config = parseConfig({
    target: {
      kind: 'url',
      url: server.url,
      auth: as('initiator'),
      otherUserAuth: as('other'),
      unprivilegedAuth: as('unprivileged'),
      clock: { kind: 'real' },
      events: { kind: 'webhook-step' },
    },
    properties: { seed: 1, runs: 5 },
  });
  const world = new SuiteSession(await openTarget(config), 'real-time');
  try {
    const results: RawCheck[] = [];
    for (const check of checks) results.push(...(await runCheck(check, world, checkLimitMs)));
    return results;
  } finally {
    await world.close();
    await server.close();
  }
}

/** Whether a check is about a clause. */
export function isAbout({ details }: CollectedCheck, clause: string): boolean {
  return details.annotation.some(({ type, description }) => type === 'clause' && description === clause);
}
