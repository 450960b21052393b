import type { Config } from '../../harness/config.ts';
import { admit, take } from './admit.ts';
import { lookAtClock } from './clock.ts';
import { lookAtEvents } from './events.ts';
import { skipped, type DoctorFinding, type SeenByDoctor } from './finding.ts';
import { lookAtListener } from './listener.ts';
import { lookAtSdk } from './organization-service.ts';
import type { Patient } from './patient.ts';
import { lookAtProbe } from './probe.ts';
import { lookForTarget } from './reach.ts';
import { lookAtTable } from './table.ts';
import {
  lookForOtherUser,
  lookForPrivileges,
  lookForToken,
  lookForUnprivilegedUser,
  lookWhoIAm,
} from './users.ts';

interface Look {
  readonly id: string;
  /** Looks without which this one says nothing. */
  readonly after: readonly string[];
  readonly look: (patient: Patient) => Promise<SeenByDoctor>;
}

const looks: readonly Look[] = [
  { id: 'token', after: [], look: lookForToken },
  { id: 'who-am-i', after: ['token'], look: lookWhoIAm },
  { id: 'privileges', after: ['who-am-i'], look: lookForPrivileges },
  { id: 'other-user', after: [], look: lookForOtherUser },
  { id: 'unprivileged-user', after: [], look: lookForUnprivilegedUser },
  { id: 'table', after: ['who-am-i', 'privileges'], look: lookAtTable },
  { id: 'organization-service', after: ['who-am-i'], look: lookAtSdk },
  { id: 'clock', after: [], look: lookAtClock },
  { id: 'listener', after: [], look: lookAtListener },
  { id: 'probe', after: ['who-am-i', 'listener'], look: lookAtProbe },
  { id: 'events', after: ['who-am-i'], look: lookAtEvents },
];

/**
 * Looks a target over before a run does. Whatever it creates in the target it deletes again at once,
 * and it marks it like a run, so that `bgop cleanup` finds it when even that was cut short.
 *
 * @param run the id that takes the place of that of a run
 */
export async function examine(
  config: Config,
  run: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<DoctorFinding[]> {
  const findings = await lookForTarget(config);
  if (findings.some(({ outcome }) => outcome === 'wrong')) {
    return [...findings, ...looks.map(({ id }) => ({ id, ...skipped('the target was not reached') }))];
  }
  const patient = await admit(config, run, environment);
  try {
    /** By look: the wrong one without which it says nothing, or itself. */
    const broken = new Map<string, string>();
    for (const { id, after, look } of looks) {
      const first = after.map((one) => broken.get(one)).find((one) => one !== undefined);
      const seen = first === undefined ? await take(look, patient) : skipped(`fix ${first} first`);
      if (first !== undefined || seen.outcome === 'wrong') broken.set(id, first ?? id);
      findings.push({ id, ...seen });
    }
    return findings;
  } finally {
    await patient.target.close();
  }
}
