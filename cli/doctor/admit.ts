import { authorizationOf, type Authorization, type Principal } from '../../harness/auth.ts';
import type { AuthConfig, Config } from '../../harness/config.ts';
import { workerMark } from '../../harness/run-id.ts';
import { openTarget, type Target } from '../../harness/target.ts';
import { Ending, TransportError } from '../../harness/verdict.ts';
import { mayPass, reasonInWords } from '../reach/advice.ts';
import { unready, wrong, type SeenByDoctor } from './finding.ts';
import type { Patient } from './patient.ts';

/** Longest wait for a target that asks for patience; a run waits longer. */
const patienceMs = 30_000;

/** Takes one look; a target that gives no usable answer is a finding, too. */
export async function take(
  look: (patient: Patient) => Promise<SeenByDoctor>,
  patient: Patient,
): Promise<SeenByDoctor> {
  try {
    return await look(patient);
  } catch (error) {
    if (!(error instanceof Ending)) throw error;
    const mend = 'Look again; if it stays so, ask who runs the target.';
    if (!(error instanceof TransportError)) return wrong(error.message, mend);
    const passes = mayPass(error.message) || /asks to wait another/.test(error.message);
    return unready(error.message, mend, passes ? 'starting' : 'misconfigured');
  }
}

/** Opens the target, and makes do without what is missing on this machine. */
export async function admit(
  config: Config,
  run: string,
  environment: NodeJS.ProcessEnv,
  signedIn: ReadonlyMap<Principal, Authorization> = new Map(),
): Promise<Patient> {
  const { target, timeouts } = config;
  const given = {
    initiator: target.auth,
    other: target.otherUserAuth,
    unprivileged: target.unprivilegedAuth,
  };
  const missingSecrets = new Map<Principal, SeenByDoctor>();
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
    target: withLimit(opened, timeouts.requestMs, signedIn),
    missingSecrets,
    ...(listenerTrouble === undefined ? {} : { listenerTrouble }),
  };
}

function missingSecret(auth: AuthConfig, environment: NodeJS.ProcessEnv): SeenByDoctor | undefined {
  try {
    authorizationOf(auth, 'https://nowhere.invalid', environment);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MissingSecret') throw error;
    const variable =
      'tokenEnv' in auth ? auth.tokenEnv : 'clientSecretEnv' in auth ? auth.clientSecretEnv : '';
    return unready(error.message, `Set it in the shell that runs bgop: export ${variable}=…`);
  }
}

/** Without the configured place for the listener, any other place does for the remaining looks. */
async function open(config: Config): Promise<{ opened: Target; listenerTrouble?: string }> {
  try {
    return { opened: await openTarget(config) };
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const elsewhere = { ...config.listener, host: '127.0.0.1', port: 0, publicUrl: null };
    return {
      opened: await openTarget({ ...config, listener: elsewhere }),
      listenerTrouble: reasonInWords(error),
    };
  }
}

/** No look waits longer for one answer than the configuration says, unless it has a limit of its own. */
function withLimit(
  target: Target,
  timeoutMs: number,
  signedIn: ReadonlyMap<Principal, Authorization>,
): Target {
  // What a gateway answers is what is looked for: it is not asked again until something else comes.
  const transport = target.manners ?? target.transport;
  return {
    ...target,
    authorization: (principal) => signedIn.get(principal)?.() ?? target.authorization(principal),
    transport: {
      send: (request, options) => transport.send(request, { timeoutMs, ...options }),
      close: () => transport.close(),
    },
  };
}
