import { parseConfig } from '../harness/config.ts';
import { runCheck, type CollectedCheck } from '../harness/runner.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { openTarget } from '../harness/target.ts';
import type { RawCheck } from '../record/outcome.ts';
import { startServer } from '../simulator/server.ts';
import type { SimulatorOptions } from '../simulator/simulator.ts';

const checkLimitMs = 180_000;

/** Runs checks over HTTP against a simulator of their own. `runs` are cases of a property. */
export async function overHttp(
  checks: readonly CollectedCheck[],
  simulator: SimulatorOptions,
  runs = 5,
): Promise<RawCheck[]> {
  const server = await startServer({ seed: 1, ...simulator });
  const as = (user: string): object => ({ kind: 'simulator-user', user });
  const config = parseConfig({
    target: {
      kind: 'url',
      url: server.url,
      auth: as('initiator'),
      otherUserAuth: as('other'),
      unprivilegedAuth: as('unprivileged'),
      clock: simulator.clock === 'real' ? { kind: 'real' } : { kind: 'virtual', url: '/simulator/clock' },
      events: { kind: 'webhook-step' },
    },
    properties: { seed: 1, runs },
  });
  const world = new SuiteSession(await openTarget(config), 'over-http');
  try {
    const results: RawCheck[] = [];
    for (const check of checks) results.push(...(await runCheck(check, world, checkLimitMs)));
    return results;
  } finally {
    await world.close();
    await server.close();
  }
}
