import type { User } from '../../situation.ts';
import type { Organization } from '../../world.ts';
import type { SmallTable } from './small-table.ts';
import { dateColumn, flagColumn } from './small-table.ts';

/** A user with the organization that it belongs to. */
interface SystemUser {
  readonly user: User;
  readonly organization: Organization;
}

const nameOf = ({ user: { id, name } }: SystemUser) => name ?? `User ${id.slice(0, 8)}`;

/** The users that the simulator was given. Read-only. */
export const systemUsers: SmallTable<SystemUser> = {
  set: 'systemusers',
  entity: 'systemuser',
  key: 'systemuserid',
  schemaName: 'SystemUser',
  displayName: 'User',
  primaryName: 'fullname',
  // A user is a principal, whose key it shares.
  always: ['ownerid'],
  alternateKey: 'azureactivedirectoryobjectid',
  columns: [
    { name: 'systemuserid', type: 'guid', read: ({ user }) => user.id },
    { name: 'ownerid', type: 'guid', readOnly: true, read: ({ user }) => user.id },
    { name: 'fullname', type: 'string', longest: 200, read: nameOf },
    { name: 'firstname', type: 'string', longest: 256, read: () => null },
    { name: 'lastname', type: 'string', longest: 256, read: nameOf },
    {
      name: 'domainname',
      type: 'string',
      longest: 1024,
      read: ({ user, organization }) => `${user.id}@${organization.name}.example`,
    },
    {
      name: 'internalemailaddress',
      type: 'string',
      longest: 100,
      read: ({ user, organization }) => `${user.id}@${organization.name}.example`,
    },
    { name: 'azureactivedirectoryobjectid', type: 'guid', read: ({ user }) => user.objectId ?? user.id },
    { name: 'applicationid', type: 'guid', read: () => null },
    flagColumn('isdisabled', () => false),
    flagColumn('islicensed', () => true),
    flagColumn('isintegrationuser', () => false),
    flagColumn('setupuser', () => false),
    { name: 'title', type: 'string', longest: 128, read: () => null },
    dateColumn('createdon', () => 0),
    dateColumn('modifiedon', () => 0),
    { name: 'accessmode', type: 'picklist', read: () => 0, labels: { 0: 'Read-Write' } },
    { name: 'organizationid', type: 'guid', read: ({ organization }) => organization.id },
    {
      name: '_businessunitid_value',
      type: 'lookup',
      required: true,
      lookup: { navigation: 'businessunitid', entity: 'businessunit', inverse: 'business_unit_system_users' },
      read: ({ organization }) => organization.businessUnitId,
    },
  ],
  rows: ({ users, organization }) => users.map((user) => ({ user, organization })),
};
