import { authorizationOf, type Authorization, type Principal } from '../../harness/auth.ts';
import type { AuthConfig } from '../../harness/config.ts';
import { excerpt } from '../../harness/mask/excerpt.ts';
import type { Transport } from '../../harness/transport.ts';
import { adviceFor, mayPass, reasonInWords } from '../reach/advice.ts';
import { NotReadyError, UnfinishedError } from '../terminal.ts';

/** Principals by the key under which the configuration has them. */
export type Principals = Readonly<Record<string, AuthConfig | undefined>>;

/** The tokens of those who have signed in. */
export type SignedIn = ReadonlyMap<Principal, Authorization>;

const principalOf: Readonly<Record<string, Principal>> = {
  auth: 'initiator',
  otherUserAuth: 'other',
  unprivilegedAuth: 'unprivileged',
};

/** Kinds whose tokens the target must know; those of the simulator's users are its own. */
const realKinds: readonly AuthConfig['kind'][] = ['bearer', 'client-credentials', 'default-azure-credential'];

/**
 * Signs every principal in, and shows the token to the target once. One clear message before the run
 * is worth more than a report in which every check went wrong for the same reason.
 *
 * @param url an address of the target that may answer anything but 401 to a valid token
 * @returns the tokens, so that nobody has to sign in again for further looks
 * @throws UnfinishedError when there is no token for a principal, or the target refuses it
 */
export async function checkSignIn(
  principals: Principals,
  transport: Transport,
  url: string,
  timeoutMs: number,
  environment: NodeJS.ProcessEnv,
): Promise<SignedIn> {
  const signedIn = new Map<Principal, Authorization>();
  for (const [name, auth] of Object.entries(principals)) {
    if (auth === undefined || !realKinds.includes(auth.kind)) continue;
    const authorization = authorizationOf(auth, new URL(url).origin, environment);
    const value = await authorization().catch((error: unknown) => {
      const told = error instanceof Error ? error.message : String(error);
      throw new NotReadyError(`target.${name}: ${told}`, mayPass(told));
    });
    const headers: [string, string][] = [
      ['Accept', 'application/json'],
      ['Authorization', value ?? ''],
    ];
    const answer = await transport
      .send({ method: 'GET', url, headers }, { timeoutMs })
      .catch((error: unknown) => {
        const told = `the target cannot be reached. ${reasonInWords(error)}. ${adviceFor(reasonInWords(error))}`;
        throw new NotReadyError(told, mayPass(reasonInWords(error)));
      });
    if (answer.status === 401) throw new UnfinishedError(refusal(name, auth, url, answer.headers));
    const principal = principalOf[name];
    if (principal !== undefined) signedIn.set(principal, authorization);
  }
  return signedIn;
}

function refusal(
  name: string,
  auth: AuthConfig,
  url: string,
  headers: readonly (readonly [string, string])[],
): string {
  const challenge = headers.find(([field]) => field.toLowerCase() === 'www-authenticate')?.[1];
  const said = challenge === undefined ? '' : ` (WWW-Authenticate: ${excerpt(challenge, 300)})`;
  const wayOut =
    auth.kind === 'bearer'
      ? `Is the token in ${auth.tokenEnv} still valid, and made for ${new URL(url).origin}?`
      : `Is the application a user of the organization (an application user), is the scope ${new URL(url).origin}/.default, and do the clocks agree?`;
  return `target.${name}: the target refuses the token with 401${said}. ${wayOut}`;
}
