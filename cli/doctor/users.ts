import { randomUUID } from 'node:crypto';
import { privileges, table } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import type { AuthConfig } from '../../harness/config.ts';
import { monitorPath } from '../../harness/operation.ts';
import { TransportError } from '../../harness/verdict.ts';
import { ok, skipped, wrong, type Seen } from './finding.ts';
import { as, isRefusal, userOf, type Patient } from './patient.ts';

/** Whether the initiator gets a token. */
export async function lookForToken(patient: Patient): Promise<Seen> {
  const { auth } = patient.target.config.target;
  const trouble = await tokenTrouble(patient, 'initiator');
  if (trouble !== undefined) return trouble;
  if (auth.kind === 'none') return skipped('target.auth is "none": requests carry no token');
  return ok(`the initiator has a token (${auth.kind})`);
}

/** Whether the target knows the initiator. */
export async function lookWhoIAm(patient: Patient): Promise<Seen> {
  const { auth, apiVersion } = patient.target.config.target;
  const user = await userOf(patient, 'initiator');
  if ('id' in user) return ok(`WhoAmI names the user ${user.id}`);
  const told = `WhoAmI does not name a user: ${user.answer.describe()}`;
  if (user.answer.status === 401) return wrong(told, unauthorized(auth));
  if (user.answer.status === 403) {
    return wrong(
      told,
      'Add the user, or the application user, to the environment and give it a security role.',
    );
  }
  return wrong(
    told,
    `Is there a Web API at ${patient.target.url}/api/data/${apiVersion}/? Check target.url and target.apiVersion.`,
  );
}

function unauthorized(auth: AuthConfig): string {
  if (auth.kind === 'none') return 'The target wants a token: set target.auth.';
  if (auth.kind === 'bearer')
    return `Has the token in ${auth.tokenEnv} expired, or is it for another address?`;
  return 'The token is not for this target: check the scope, and that tenant and environment belong together.';
}

/** Whether the initiator may read and cancel operations, as both privileges together allow. */
export async function lookForPrivileges(patient: Patient): Promise<Seen> {
  const lacking = await lackingPrivilege(patient, 'initiator');
  return lacking === undefined
    ? ok('the initiator may read and cancel operations')
    : wrong(`the initiator may not ${lacking.what}: ${lacking.answer.describe()}`, grant('the initiator'));
}

/** Whether the other user is another one, with the same privileges. */
export async function lookForOtherUser(patient: Patient): Promise<Seen> {
  const { otherUserAuth: auth } = patient.target.config.target;
  if (auth === undefined) return skipped('target.otherUserAuth is absent: what needs it will not be tested');
  const stranger = await strangerOf(patient, 'other', 'target.otherUserAuth', auth);
  if ('outcome' in stranger) return stranger;
  const lacking = await lackingPrivilege(patient, 'other');
  return lacking === undefined
    ? ok(`${stranger.id} is another user, who may read and cancel operations`)
    : wrong(`the other user may not ${lacking.what}: ${lacking.answer.describe()}`, grant('the other user'));
}

/** Whether the unprivileged user really lacks the privileges. */
export async function lookForUnprivilegedUser(patient: Patient): Promise<Seen> {
  const { unprivilegedAuth: auth, table: hasTable } = patient.target.config.target;
  if (auth === undefined)
    return skipped('target.unprivilegedAuth is absent: what needs it will not be tested');
  const stranger = await strangerOf(patient, 'unprivileged', 'target.unprivilegedAuth', auth);
  if ('outcome' in stranger) return stranger;
  const lacking = await lackingPrivilege(patient, 'unprivileged');
  if (lacking !== undefined) return ok(`${stranger.id} may not ${lacking.what}`);
  if (!hasTable)
    return skipped('without the table only a run can tell whether the user lacks the privileges');
  return wrong(
    'the unprivileged user may read operations and is not refused their cancellation',
    `Take ${privileges.join(' and ')} out of every security role of that user.`,
  );
}

function grant(who: string): string {
  return `Give ${who} a security role with ${privileges.join(' and ')}.`;
}

/** The id of a user who must be somebody else than the initiator, or what is wrong with that. */
async function strangerOf(
  patient: Patient,
  principal: Principal,
  key: string,
  auth: AuthConfig,
): Promise<{ readonly id: string } | Seen> {
  const trouble = await tokenTrouble(patient, principal);
  if (trouble !== undefined) return trouble;
  const user = await userOf(patient, principal);
  if (!('id' in user)) {
    return wrong(
      `WhoAmI does not name the user of ${key}: ${user.answer.describe()}`,
      adviceOn(user.answer, auth),
    );
  }
  const signedIn = (await tokenTrouble(patient, 'initiator')) === undefined;
  const initiator = signedIn ? await userOf(patient, 'initiator') : undefined;
  if (initiator !== undefined && 'id' in initiator && initiator.id === user.id) {
    return wrong(`${key} is the initiator, ${user.id}`, `Name another user in ${key}, or take the key out.`);
  }
  return user;
}

function adviceOn(answer: Answer, auth: AuthConfig): string {
  if (answer.status === 401) return unauthorized(auth);
  return answer.status === 403
    ? 'Add that user to the environment, and give it a security role.'
    : 'This is not how a Web API answers: see what is told of who-am-i.';
}

async function tokenTrouble(patient: Patient, principal: Principal): Promise<Seen | undefined> {
  const missing = patient.missingSecrets.get(principal);
  if (missing !== undefined) return missing;
  try {
    await patient.target.authorization(principal);
    return undefined;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    // The message says what to do, too.
    return wrong(error.message);
  }
}

/** The first thing that a principal may not do, by an operation that does not exist: nothing can change. */
async function lackingPrivilege(
  patient: Patient,
  principal: Principal,
): Promise<{ readonly what: string; readonly answer: Answer } | undefined> {
  const client = as(patient, principal);
  if (patient.target.config.target.table) {
    const answer = await client.api('GET', `${table.set}?$select=${table.key}&$top=1`);
    if (isRefusal(answer)) return { what: 'read the table of operations', answer };
  }
  const path = monitorPath(randomUUID());
  const read = await client.send({ method: 'GET', path });
  if (isRefusal(read)) return { what: 'read a status monitor', answer: read };
  const canceled = await client.send({ method: 'DELETE', path });
  return isRefusal(canceled) ? { what: 'cancel operations', answer: canceled } : undefined;
}
