import { setTimeout } from 'node:timers/promises';
import type { Target } from '../../harness/target.ts';
import { turns } from '../../scenarios/support/race.ts';

/** How long a slow receiver takes in real time: longer than impatient clients wait. */
const slowMs = 3_000;
/** Turns of the event loop where a target has no time but its clock's. */
const slowTurns = 40;

/** Answers late; whoever is told must wait for it, as for any other answer. */
export async function answerSlowly({ config }: Pick<Target, 'config'>): Promise<void> {
  if (config.target.kind === 'simulator') await turns(slowTurns);
  else await setTimeout(slowMs);
}
