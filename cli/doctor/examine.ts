import { authorizationOf, type Principal } from '../../harness/auth.ts';
import type { AuthConfig, Config } from '../../harness/config.ts';
import { workerMark } from '../../harness/run-id.ts';
import { openTarget, type Target } from '../../harness/target.ts';
import { Ending } from '../../harness/verdict.ts';
import { reasonOf } from '../verify/preflight.ts';
import { lookAtClock } from './clock.ts';
import { lookAtEvents } from './events.ts';
import { skipped, wrong, type Finding, type Seen } from './finding.ts';
import { lookAtListener } from './listener.ts';
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
  readonly look: (patient: Patient) => Promise<Seen>;
}

const looks: readonly Look[] = [
  { id: 'token', after: [], look: lookForToken },
  { id: 'who-am-i', after: ['token'], look: lookWhoIAm },
  { id: 'privileges', after: ['who-am-i'], look: lookForPrivileges },
  { id: 'other-user', after: [], look: lookForOtherUser },
  { id: 'unprivileged-user', after: [], look: lookForUnprivilegedUser },
  { id: 'table', after: ['who-am-i', 'privileges'], look: lookAtTable },
  { id: 'clock', after: [], look: lookAtClock },
  { id: 'listener', after: [], look: lookAtListener },
  { id: 'probe', after: ['who-am-i', 'listener'], look: lookAtProbe },
  { id: 'events', after: ['who-am-i'], look: lookAtEvents },
];

/** Longest wait for a target that asks for patience; a run waits longer. */
const patienceMs = 30_000;

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
): Promise<Finding[]> {
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
      const seen = first === undefined ? await take(look, patient) : skipped(`mend ${first} first`);
      if (first !== undefined || seen.outcome === 'wrong') broken.set(id, first ?? id);
      findings.push({ id, ...seen });
    }
    return findings;
  } finally {
    await patient.target.close();
  }
}

async function take(look: Look['look'], patient: Patient): Promise<Seen> {
  try {
    return await look(patient);
  } catch (error) {
    if (error instanceof Ending)
      return wrong(error.message, 'Look again; if it stays so, ask who runs the target.');
    throw error;
  }
}

/** Opens the target, and makes do without what is missing on this machine. */
async function admit(config: Config, run: string, environment: NodeJS.ProcessEnv): Promise<Patient> {
  const { target, timeouts } = config;
  const given = {
    initiator: target.auth,
    other: target.otherUserAuth,
    unprivileged: target.unprivilegedAuth,
  };
  const missingSecrets = new Map<Principal, Seen>();
  for (const [principal, auth] of Object.entries(given) as [Principal, AuthConfig | undefined][]) {
    const missing = auth === undefined ? undefined : missingSecret(auth, environment);
    if (missing !== undefined) missingSecrets.set(principal, missing);
  }
  const able: Config = {
    ...config,
    timeouts: { ...timeouts, patienceMs: Math.min(timeouts.patienceMs, patienceMs) },
    target: {
      ...target,
      ...(missingSecrets.has('initiator') ? { auth: { kind: 'none' } } : {}),
      ...(missingSecrets.has('other') ? { otherUserAuth: { kind: 'none' } } : {}),
      ...(missingSecrets.has('unprivileged') ? { unprivilegedAuth: { kind: 'none' } } : {}),
    } as Config['target'],
  };
  const { opened, listenerTrouble } = await open(able);
  opened.listener.mark = workerMark(run, 0);
  return {
    target: opened,
    missingSecrets,
    ...(listenerTrouble === undefined ? {} : { listenerTrouble }),
  };
}

function missingSecret(auth: AuthConfig, environment: NodeJS.ProcessEnv): Seen | undefined {
  try {
    authorizationOf(auth, 'https://nowhere.invalid', environment);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MissingSecret') throw error;
    const variable =
      'tokenEnv' in auth ? auth.tokenEnv : 'clientSecretEnv' in auth ? auth.clientSecretEnv : '';
    return wrong(error.message, `Set it in the shell that runs bgop: export ${variable}=…`);
  }
}

/** Without the configured place for the listener, any other place does for the remaining looks. */
async function open(config: Config): Promise<{ opened: Target; listenerTrouble?: string }> {
  try {
    return { opened: await openTarget(config) };
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const elsewhere = { ...config.listener, host: '127.0.0.1', port: 0, publicUrl: null };
    return { opened: await openTarget({ ...config, listener: elsewhere }), listenerTrouble: reasonOf(error) };
  }
}
