import type { Authorization, Principal } from '../../harness/auth.ts';
import type { Config } from '../../harness/config.ts';
import { admit, take } from './admit.ts';
import { lookAtClock } from './clock.ts';
import { ok, type DoctorFinding, type SeenByDoctor } from './finding.ts';
import { executeFixedProbe } from './fixed-probe.ts';
import { lookAtListener } from './listener.ts';
import type { Patient } from './patient.ts';
import { lookAtProbe } from './probe.ts';
import { addressOf } from './reach.ts';
import { lookAtTable } from './table.ts';
import { lookForToken, lookWhoIAm, lookWhoOtherIs, lookWhoUnprivilegedIs } from './users.ts';

/** What a run cannot do without; the cheap looks first. */
const looks: readonly (readonly [id: string, look: (patient: Patient) => Promise<SeenByDoctor>])[] = [
  ['token', lookForToken],
  ['who-am-i', lookWhoIAm],
  ['other-user', async (patient) => seen(await lookWhoOtherIs(patient))],
  ['unprivileged-user', async (patient) => seen(await lookWhoUnprivilegedIs(patient))],
  ['table', lookAtTable],
  ['clock', lookAtClock],
  ['listener', lookAtListener],
  ['probe', (patient) => (isFixed(patient) ? executeFixedProbe(patient) : lookAtProbe(patient))],
];

/**
 * Looks whether a run could judge anything: what the doctor sees in a second, as far as it is no breach of
 * the contract, which is for checks to judge.
 *
 * @param run the id with which the looks mark what they make
 * @param signedIn tokens of those who have signed in already
 * @returns the first finding that hinders a run
 */
export async function hindrance(
  config: Config,
  run: string,
  environment: NodeJS.ProcessEnv,
  signedIn?: ReadonlyMap<Principal, Authorization>,
): Promise<DoctorFinding | undefined> {
  if (addressOf(config) === undefined) return undefined;
  const patient = await admit(config, run, environment, signedIn);
  try {
    let tunnel: SeenByDoctor | undefined;
    for (const [id, look] of looks) {
      const found = await take(look, patient);
      // Only the probe can tell whether the target reaches what this machine does not.
      if (id === 'listener' && found.outcome === 'wrong') tunnel = found;
      if (found.unready === undefined) continue;
      return id === 'probe' && tunnel !== undefined
        ? { id: 'listener', ...tunnel, unready: 'starting' }
        : { id, ...found };
    }
    return undefined;
  } finally {
    await patient.target.close();
  }
}

function seen(given: SeenByDoctor | { readonly id: string }): SeenByDoctor {
  return 'id' in given ? ok(`it is ${given.id}`) : given;
}

function isFixed({ target }: Patient): boolean {
  return target.config.target.probe.kind === 'fixed';
}
