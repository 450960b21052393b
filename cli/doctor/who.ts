import { excerpt } from '../../harness/mask/excerpt.ts';
import type { Answer } from '../../harness/answer.ts';
import type { AuthConfig } from '../../harness/config.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { unready, wrong, type SeenByDoctor } from './finding.ts';
import type { Patient } from './patient.ts';

/** A user of the configuration: in the harness, in its key, in words. */
export interface ConfiguredUser {
  readonly principal: 'initiator' | 'other' | 'unprivileged';
  readonly key: 'target.auth' | 'target.otherUserAuth' | 'target.unprivilegedAuth';
  readonly who: string;
}

/** The users that a configuration can name. */
export const users = {
  initiator: { principal: 'initiator', key: 'target.auth', who: 'the initiator' },
  other: { principal: 'other', key: 'target.otherUserAuth', who: 'the other user' },
  unprivileged: {
    principal: 'unprivileged',
    key: 'target.unprivilegedAuth',
    who: 'the unprivileged user',
  },
} as const satisfies Record<string, ConfiguredUser>;

/** What is wrong where WhoAmI names no user: whose token it is, who answered, and what to do. */
export function notNamed(patient: Patient, user: ConfiguredUser, answer: Answer): SeenByDoctor {
  const { target } = patient.target.config;
  const intercepted = interceptionOf(answer);
  if (intercepted !== undefined) {
    const { told, advice, passes } = intercepted;
    return unready(`${user.key}: ${told}`, advice, passes ? 'starting' : 'misconfigured');
  }
  const auth: AuthConfig = target[keyIn(user)] ?? { kind: 'none' };
  const told = `WhoAmI does not name ${user.who} (${user.key}): ${answer.describe()}`;
  if (answer.status === 401) return unready(`${told}${challenge(answer)}`, unauthorized(user, auth));
  if (answer.status === 403) {
    const mend = `Add the user of ${user.key}, or the application user, to the environment and give it a security role.`;
    // Who lacks every role is refused everywhere, which is what is wanted of that user.
    return user.principal === 'unprivileged' ? wrong(told, mend) : unready(told, mend);
  }
  return wrong(
    told,
    `Is there a Web API at ${patient.target.url}/api/data/${target.apiVersion}/? Check target.url and target.apiVersion.`,
  );
}

function keyIn({ key }: ConfiguredUser): 'auth' | 'otherUserAuth' | 'unprivilegedAuth' {
  return key.slice('target.'.length) as 'auth';
}

function challenge(answer: Answer): string {
  const value = answer.header('WWW-Authenticate');
  return value === undefined ? '' : ` (WWW-Authenticate: ${excerpt(value, 300)})`;
}

function unauthorized({ key }: ConfiguredUser, auth: AuthConfig): string {
  if (auth.kind === 'none') return `The target wants a token: set ${key}.`;
  if (auth.kind === 'bearer')
    return `Has the token in ${auth.tokenEnv} expired, or is it for another address?`;
  return `The token of ${key} is not for this target: check the scope, and that tenant and environment belong together.`;
}
