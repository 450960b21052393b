import { privileges } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import type { AuthConfig } from '../../harness/config.ts';
import { Ending, TransportError } from '../../harness/verdict.ts';
import { mayPass } from '../reach/advice.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { userOf, type Patient } from './patient.ts';
import { lackingPrivilege } from './privileges.ts';
import { notNamed, users, type ConfiguredUser } from './who.ts';

/** Whether the initiator gets a token. */
export async function lookForToken(patient: Patient): Promise<SeenByDoctor> {
  const { auth } = patient.target.config.target;
  const trouble = await tokenTrouble(patient, users.initiator);
  if (trouble !== undefined) return trouble;
  if (auth.kind === 'none') return skipped('target.auth is "none": requests carry no token');
  return ok(`the initiator has a token (${auth.kind})`);
}

/** Whether the target knows the initiator. */
export async function lookWhoIAm(patient: Patient): Promise<SeenByDoctor> {
  const user = await userOf(patient, 'initiator');
  if ('id' in user) return ok(`WhoAmI names the user ${user.id}`);
  return notNamed(patient, users.initiator, user.answer);
}

/** Whether the initiator may read and cancel operations, as both privileges together allow. */
export async function lookForPrivileges(patient: Patient): Promise<SeenByDoctor> {
  const lacking = await lackingPrivilege(patient, 'initiator');
  return lacking === undefined
    ? ok('the initiator may read and cancel operations')
    : maySee(users.initiator, lacking);
}

/** Whether the other user is another one, with the same privileges. */
export async function lookForOtherUser(patient: Patient): Promise<SeenByDoctor> {
  const stranger = await lookWhoOtherIs(patient);
  if (!('id' in stranger)) return stranger;
  const lacking = await lackingPrivilege(patient, 'other');
  return lacking === undefined
    ? ok(`${stranger.id} is another user, who may read and cancel operations`)
    : maySee(users.other, lacking);
}

/** Who the other user is, where there is one; see {@link lookForOtherUser}. */
export async function lookWhoOtherIs(patient: Patient): Promise<{ readonly id: string } | SeenByDoctor> {
  const { otherUserAuth: auth } = patient.target.config.target;
  if (auth === undefined) return skipped('target.otherUserAuth is absent: what needs it will not be tested');
  return strangerOf(patient, users.other, auth, ['initiator']);
}

/** Whether the unprivileged user really lacks the privileges. */
export async function lookForUnprivilegedUser(patient: Patient): Promise<SeenByDoctor> {
  const { table: hasTable } = patient.target.config.target;
  const stranger = await lookWhoUnprivilegedIs(patient);
  if (!('id' in stranger)) return stranger;
  const lacking = await lackingPrivilege(patient, 'unprivileged');
  if (lacking !== undefined) return ok(`${stranger.id} may not ${lacking.what}`);
  if (!hasTable)
    return skipped('without the table only a run can tell whether the user lacks the privileges');
  return wrong(
    'the unprivileged user may read operations and is not refused their cancellation',
    `Take ${privileges.join(' and ')} out of every security role of that user.`,
  );
}

/** Who the unprivileged user is, where there is one; see {@link lookForUnprivilegedUser}. */
export async function lookWhoUnprivilegedIs(
  patient: Patient,
): Promise<{ readonly id: string } | SeenByDoctor> {
  const { unprivilegedAuth: auth } = patient.target.config.target;
  if (auth === undefined)
    return skipped('target.unprivilegedAuth is absent: what needs it will not be tested');
  return strangerOf(patient, users.unprivileged, auth, ['initiator']);
}

function maySee({ who }: ConfiguredUser, lacking: { what: string; answer: Answer }): SeenByDoctor {
  return wrong(
    `${who} may not ${lacking.what}: ${lacking.answer.describe()}`,
    `Give ${who} a security role with ${privileges.join(' and ')}.`,
  );
}

/** The id of a user who must be somebody else than some others, or what is wrong with that. */
async function strangerOf(
  patient: Patient,
  user: ConfiguredUser,
  auth: AuthConfig,
  others: readonly (keyof typeof users)[],
): Promise<{ readonly id: string } | SeenByDoctor> {
  const trouble = await tokenTrouble(patient, user);
  if (trouble !== undefined) return trouble;
  const answered = await userOf(patient, user.principal);
  if (!('id' in answered)) return notNamed(patient, user, answered.answer);
  for (const other of others) {
    if ((await idOf(patient, other)) !== answered.id) continue;
    const { who, key } = users[other];
    return wrong(
      `${user.key} is ${who}, ${answered.id}: it and ${key} sign in as the same user`,
      `Name another user in ${user.key}, or take the key out${auth.kind === 'none' ? ', since "none" is one user only' : ''}.`,
    );
  }
  return answered;
}

/** Who one of the users is; undefined where that cannot be told, which is for another look to say. */
async function idOf(patient: Patient, name: keyof typeof users): Promise<string | undefined> {
  const { principal, key } = users[name];
  if (patient.target.config.target[key.slice('target.'.length) as 'auth'] === undefined) return undefined;
  if ((await tokenTrouble(patient, users[name])) !== undefined) return undefined;
  try {
    const user = await userOf(patient, principal);
    return 'id' in user ? user.id : undefined;
  } catch (error) {
    if (error instanceof Ending) return undefined;
    throw error;
  }
}

async function tokenTrouble(
  patient: Patient,
  { principal, key }: ConfiguredUser,
): Promise<SeenByDoctor | undefined> {
  const missing = patient.missingSecrets.get(principal as Principal);
  if (missing !== undefined) return missing;
  try {
    await patient.target.authorization(principal);
    return undefined;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    // The message says what to do, too.
    return unready(
      `${key}: ${error.message}`,
      undefined,
      mayPass(error.message) ? 'starting' : 'misconfigured',
    );
  }
}
