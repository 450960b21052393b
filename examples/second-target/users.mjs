/** The three users of this organization, and who a request comes from. */

export const ORGANIZATION_ID = '0f9d3c52-6f0e-4a53-9a3c-7a1f0c5e8b11';
export const BUSINESS_UNIT_ID = '5b0c1d7e-93ab-4c6e-8f21-3d5a7b9c0e22';

/** What a user must hold to start, see or cancel background operations: both of them. */
const NEEDED_PRIVILEGES = ['prvReadbackgroundoperation', 'prvWritebackgroundoperation'];

/** What a user must hold to register or remove webhooks and steps. */
export const EXTENSION_PRIVILEGE = 'prvWriteSdkMessageProcessingStep';

const ALL = [...NEEDED_PRIVILEGES, EXTENSION_PRIVILEGE];

const USERS = new Map([
  ['token-initiator', user('a11ce000-1111-4aaa-8bbb-0000000000a1', 'Alice Initiator', ALL)],
  ['token-other', user('b0b00000-2222-4aaa-8bbb-0000000000b2', 'Bob Other', ALL)],
  ['token-unprivileged', user('ca401000-3333-4aaa-8bbb-0000000000c3', 'Carol Unprivileged', [])],
]);

function user(id, name, privileges) {
  return { id, name, privileges };
}

/**
 * The user whose bearer token the `Authorization` header carries; undefined for no or another token.
 *
 * @param {string | undefined} authorization
 */
export function userOf(authorization) {
  const [, token] = /^bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  return USERS.get(token);
}

/** Those of the privileges that the user lacks; of the two for background operations unless others are named. */
export function missingPrivileges(user, needed = NEEDED_PRIVILEGES) {
  return needed.filter((privilege) => !user.privileges.includes(privilege));
}
