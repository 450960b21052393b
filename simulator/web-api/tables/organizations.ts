import type { Organization } from '../../world.ts';
import type { SmallTable } from './small-table.ts';
import { dateColumn, flagColumn } from './small-table.ts';

const usEnglish = 1033;

/** The organization that the simulator plays. Read-only. */
export const organizations: SmallTable<Organization> = {
  set: 'organizations',
  entity: 'organization',
  key: 'organizationid',
  schemaName: 'Organization',
  displayName: 'Organization',
  columns: [
    { name: 'organizationid', type: 'guid', read: ({ id }) => id },
    { name: 'name', type: 'string', longest: 160, read: ({ name }) => name },
    { name: 'languagecode', type: 'integer', read: () => usEnglish },
    { name: 'localeid', type: 'integer', read: () => usEnglish },
    { name: 'maxuploadfilesize', type: 'integer', read: () => 5_242_880 },
    flagColumn('isauditenabled', () => false),
    flagColumn('isdisabled', () => false),
    dateColumn('createdon', () => 0),
  ],
  rows: ({ organization }) => [organization],
};

/** The only business unit, to which all users belong. Read-only. */
export const businessUnits: SmallTable<Organization> = {
  set: 'businessunits',
  entity: 'businessunit',
  key: 'businessunitid',
  schemaName: 'BusinessUnit',
  displayName: 'Business Unit',
  columns: [
    { name: 'businessunitid', type: 'guid', read: ({ businessUnitId }) => businessUnitId },
    { name: 'name', type: 'string', longest: 160, required: true, read: ({ name }) => name },
    flagColumn('isdisabled', () => false),
    dateColumn('createdon', () => 0),
    {
      name: '_organizationid_value',
      type: 'lookup',
      lookup: {
        navigation: 'organizationid',
        entity: 'organization',
        inverse: 'organization_business_units',
      },
      read: ({ id }) => id,
    },
    {
      name: '_parentbusinessunitid_value',
      type: 'lookup',
      lookup: { navigation: 'parentbusinessunitid', entity: 'businessunit' },
      read: () => null,
    },
  ],
  rows: ({ organization }) => [organization],
};
