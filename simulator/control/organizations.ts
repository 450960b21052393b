import type { CustomApi } from '../custom-apis/custom-api.ts';
import type { CustomApiDefinition } from '../custom-apis/definitions/definition.ts';
import type { User } from '../situation.ts';
import type { World } from '../world.ts';
import { checkMembers, checks, type MemberCheck } from './check.ts';
import { ControlError } from './control-error.ts';

/** A further organization in the same process, isolated from the others. */
export interface FurtherOrganization {
  /** Its host name is this name, or begins with it: `fabrikam.localhost`. */
  readonly name: string;
  /** Default: as the first organization has it. */
  readonly clock?: 'virtual' | 'real';
  /** Start of a virtual clock: epoch milliseconds. */
  readonly start?: number;
  readonly users?: readonly User[];
  /** Custom APIs besides the probe and the samples. Default: those of the first organization. */
  readonly customApis?: readonly CustomApi[];
  /** A port of its own besides the host name, where a server listens; 0 takes a free one. */
  readonly port?: number;
}

/** A further organization as the control interface takes it: its custom APIs may be data, as in a file of them. */
export interface NewOrganization extends Omit<FurtherOrganization, 'customApis'> {
  readonly customApis?: readonly (CustomApi | CustomApiDefinition)[];
}

/** An organization as the control interface shows it. */
export interface OrganizationSummary {
  readonly name: string;
  /** The organization's id: a GUID in lower case. */
  readonly id: string;
  readonly clock: 'virtual' | 'real';
  /** Instant of its clock. */
  readonly now: string;
  /** Operations that it holds. */
  readonly operations: number;
  readonly users: readonly {
    readonly id: string;
    readonly name: string | undefined;
    readonly privileged: boolean;
  }[];
  /** Where its own port is; absent without one. */
  readonly url: string | undefined;
}

/** Several organizations in one process. The first one is always there. */
export interface ControlOrganizations {
  readonly add: (organization: NewOrganization) => Promise<OrganizationSummary>;
  /** All of them, the first one included. */
  readonly list: () => OrganizationSummary[];
  /** Ends an organization, and forgets what it holds; false if there is none of this name. */
  readonly remove: (name: string) => Promise<boolean>;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const userMembers = {
  id: (value: unknown) =>
    typeof value === 'string' && guid.test(value) ? undefined : 'a GUID in lower case',
  token: checks.text,
  name: checks.text,
  objectId: checks.text,
  privileged: checks.flag,
} satisfies Record<string, MemberCheck>;
const members = {
  name: checks.text,
  clock: checks.oneOf('virtual', 'real'),
  start: checks.whole(0, Date.UTC(9999, 0, 1)),
  users: (value: unknown) => (Array.isArray(value) && value.length > 0 ? undefined : 'a list of users'),
  customApis: (value: unknown) => (Array.isArray(value) ? undefined : 'a list of custom APIs'),
  port: checks.whole(0, 65_535),
} satisfies Record<string, MemberCheck>;

/** What the control interface shows of an organization; `url` is that of its own port. */
export function summaryOf(
  { organization, clock, store, users }: World,
  url: string | undefined,
): OrganizationSummary {
  return {
    name: organization.name,
    id: organization.id,
    clock: clock.kind,
    now: new Date(clock.now()).toISOString(),
    operations: store.size,
    users: users.map(({ id, name, privileged }) => ({ id, name, privileged })),
    url,
  };
}

/**
 * Holds a further organization against what it may be.
 *
 * @throws ControlError
 */
export function checkOrganization(organization: NewOrganization): void {
  checkMembers(organization, 'an organization', members);
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(String(organization.name)) || organization.name === 'localhost') {
    throw new ControlError(
      'The "name" of an organization has to be a host name without a dot: small letters, digits and "-".',
    );
  }
  for (const user of organization.users ?? []) {
    checkMembers(user, 'a user', userMembers);
    for (const name of ['id', 'token', 'privileged'] as const) {
      if ((user as Partial<User>)[name] === undefined) throw new ControlError(`A user needs "${name}".`);
    }
  }
}
