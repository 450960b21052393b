import type { Column } from '../../core/table.ts';
import { messageNames } from '../../events/messages.ts';
import type { CallbackRegistration } from '../../events/tables.ts';
import type { User } from '../../situation.ts';
import type { World } from '../../world.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { columnsOf, newKey, readValues, type Fields } from './fields.ts';
import type { SmallTable } from './small-table.ts';
import { boundId, dateColumn } from './small-table.ts';

const named = {
  set: 'callbackregistrations',
  entity: 'callbackregistration',
  key: 'callbackregistrationid',
  schemaName: 'CallbackRegistration',
  displayName: 'Callback Registration',
} as const;

const messageLabels = {
  1: 'Added',
  2: 'Deleted',
  3: 'Modified',
  4: 'Added or Modified',
  5: 'Added or Deleted',
  6: 'Modified or Deleted',
  7: 'Added or Modified or Deleted',
};
const scopeLabels = { 1: 'User', 2: 'BusinessUnit', 3: 'ParentChildBusinessUnit', 4: 'Organization' };
const versionLabels = { 1: 'V1', 2: 'V2', 3: 'V3' };
const runAsLabels = { 1: 'Modifying user', 2: 'Row owner', 3: 'Flow owner' };

const expression = { type: 'string', longest: 100_000 } as const;
const needed = { required: true, systemRequired: true } as const;

/**
 * What clients write. The connector sends no `message`, though metadata calls it required. Source: table reference of
 * CallbackRegistration.
 */
const fields: Fields = {
  name: { type: 'string', longest: 256, systemRequired: true },
  entityname: { type: 'string', longest: 255, ...needed },
  sdkmessagename: { type: 'string', longest: 256 },
  message: { type: 'picklist', labels: messageLabels, systemRequired: true },
  scope: { type: 'picklist', labels: scopeLabels, ...needed },
  version: { type: 'picklist', labels: versionLabels, ...needed },
  runas: { type: 'picklist', labels: runAsLabels, systemRequired: true },
  filteringattributes: expression,
  filterexpression: expression,
  postponeuntil: expression,
  url: { type: 'string', longest: 2_000, writeOnly: true, ...needed },
  softdeletestatus: { type: 'integer', systemRequired: true },
  harddelete: { type: 'boolean', initial: false, systemRequired: true },
  logicappsversion: { type: 'string', longest: 100, systemRequired: true },
  runtimeintegrationproperties: { type: 'string', longest: 512 },
};

type Row = CallbackRegistration;
type Body = Readonly<Record<string, unknown>>;

/** A lookup that only the platform writes. */
function platformLookup(name: string, entity: string, read: (row: Row) => string | null): Column<Row> {
  return {
    name: `_${name}_value`,
    type: 'lookup',
    readOnly: true,
    lookup: { navigation: name, entity },
    read,
  };
}

const platformColumns: readonly Column<Row>[] = [
  { ...dateColumn<Row>('createdon', (row) => row.createdOn), readOnly: true },
  { ...dateColumn<Row>('modifiedon', (row) => row.modifiedOn), readOnly: true },
  platformLookup('createdby', 'systemuser', (row) => row.createdBy),
  platformLookup('createdonbehalfby', 'systemuser', (row) => row.createdOnBehalfBy),
  platformLookup('modifiedby', 'systemuser', (row) => row.modifiedBy),
  platformLookup('modifiedonbehalfby', 'systemuser', (row) => row.modifiedOnBehalfBy),
  platformLookup('owninguser', 'systemuser', (row) => row.ownerId),
  platformLookup('owningteam', 'team', () => null),
  platformLookup('owningbusinessunit', 'businessunit', (row) => row.businessUnitId),
  { name: 'versionnumber', type: 'bigint', readOnly: true, read: (row) => row.rowVersion },
];

const owner: Column<Row> = {
  name: '_ownerid_value',
  type: 'lookup',
  required: 'system',
  lookup: { navigation: 'ownerid', entity: 'systemuser' },
  read: (row) => row.ownerId,
};

const ownerMember = 'ownerid@odata.bind';
const platformOwned = new Set([...platformColumns, owner].map(({ name }) => name));

/** What speaks against a registration, besides the types of its columns. */
function problemOf(world: World, { url, message, sdkmessagename }: Row['values']): ApiError | undefined {
  if (!URL.canParse(String(url)) || !/^https?:/i.test(String(url)))
    return errors.invalidArgument("'url' has to be http or https.");
  if (typeof sdkmessagename !== 'string' || sdkmessagename === '') {
    return message === null
      ? errors.invalidArgument("'sdkmessagename' or 'message' is required.")
      : undefined;
  }
  return messageNames.includes(sdkmessagename) || world.apis.has(sdkmessagename)
    ? undefined
    : errors.invalidArgument(`There is no message '${sdkmessagename}'.`);
}

type Read =
  | { readonly values: Row['values']; readonly ownerId: string; readonly error?: never }
  | { readonly error: ApiError; readonly values?: never; readonly ownerId?: never };

/** The values and the owner that a body comes to; `ownerId` is the owner where it names none. */
function read(world: World, body: Body, before: Row | undefined, ownerId: string): Read {
  const { [ownerMember]: bound, ...rest } = body;
  const platforms = Object.keys(rest).find((member) => platformOwned.has(member));
  if (platforms !== undefined)
    return { error: errors.invalidOperation(`The column '${platforms}' is written by the platform only.`) };
  const given = bound === undefined ? ownerId : boundId(bound);
  if (given === undefined)
    return { error: errors.badSyntax("'ownerid' has to name a row, as /systemusers(id).") };
  if (bound !== undefined && !world.users.some(({ id }) => id === given))
    return { error: errors.noTableRow('systemuser', given) };
  const written = readValues(world, { ...named, fields }, rest, before);
  if (written.error !== undefined) return written;
  const error = problemOf(world, written.values);
  return error === undefined ? { values: written.values, ownerId: given } : { error };
}

/** What has to be sent along with a new `url`, as was seen in use. */
const besideUrl = ['scope', 'entityname', 'version'] as const;

const modifiedBy = ({ id, onBehalfBy }: User, now: number) => ({
  modifiedBy: id,
  modifiedOnBehalfBy: onBehalfBy ?? null,
  modifiedOn: now,
});

/** The subscriptions of flows: each is a URL that a message is told to. The URL is never read back. */
export const callbackRegistrations: SmallTable<CallbackRegistration> = {
  ...named,
  userOwned: true,
  version: (row) => row.rowVersion,
  columns: [...columnsOf(named.key, fields), owner, ...platformColumns],
  rows: (world) => [...world.events.callbackRegistrations.values()],
  insert(world, body, now, by) {
    const made = read(world, body, undefined, by.id);
    if (made.error !== undefined) return { error: made.error };
    const { callbackRegistrations: rows } = world.events;
    const id = newKey(named, body);
    if (rows.has(id)) return { error: errors.exists() };
    rows.set(id, {
      id,
      values: made.values,
      ownerId: made.ownerId,
      businessUnitId: world.organization.businessUnitId,
      createdOn: now,
      createdBy: by.id,
      createdOnBehalfBy: by.onBehalfBy ?? null,
      ...modifiedBy(by, now),
      rowVersion: 1,
    });
    return { id };
  },
  change(world, row, body, now, by) {
    const missing = besideUrl.find((column) => body.url !== undefined && body[column] === undefined);
    if (missing !== undefined)
      return errors.invalidArgument(`'url' is changed together with ${besideUrl.join(', ')}.`);
    const changed = read(world, body, row, row.ownerId);
    if (changed.error !== undefined) return changed.error;
    const { values, ownerId } = changed;
    const rowVersion = row.rowVersion + 1;
    world.events.callbackRegistrations.set(row.id, {
      ...row,
      ...{ values, ownerId, rowVersion },
      ...modifiedBy(by, now),
    });
    return undefined;
  },
  remove: (world, id) => world.events.callbackRegistrations.delete(id),
};
