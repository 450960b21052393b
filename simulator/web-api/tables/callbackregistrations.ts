import { messageNames } from '../../events/messages.ts';
import type { CallbackRegistration } from '../../events/tables.ts';
import type { World } from '../../world.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { newKey } from './fields.ts';
import type { SmallTable } from './small-table.ts';
import { dateColumn, wholeNumber } from './small-table.ts';

/** The documented lengths. Source: table reference of CallbackRegistration. */
const longest = {
  name: 256,
  url: 2_000,
  entityname: 255,
  sdkmessagename: 256,
  filteringattributes: 100_000,
  filterexpression: 100_000,
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

type Body = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The value of a choice; undefined where it is absent or not one of the labels. */
function choice(labels: object, value: unknown): number | undefined {
  const number = wholeNumber(value);
  return number !== undefined && Object.hasOwn(labels, number) ? number : undefined;
}

function problemOf(world: World, body: Body): ApiError | undefined {
  for (const [column, most] of Object.entries(longest)) {
    if ((text(body[column])?.length ?? 0) > most) return errors.tooLong(column, 'callbackregistration', most);
  }
  for (const column of ['url', 'entityname'] as const)
    if (!isText(body[column])) return errors.invalidArgument(`'${column}' is required.`);
  const { url } = body;
  if (!URL.canParse(String(url)) || !/^https?:/i.test(String(url)))
    return errors.invalidArgument("'url' has to be http or https.");
  for (const [column, labels] of [
    ['scope', scopeLabels],
    ['version', versionLabels],
  ] as const) {
    if (choice(labels, body[column]) === undefined)
      return errors.invalidArgument(`'${column}' is required: one of ${Object.keys(labels).join(', ')}.`);
  }
  const { sdkmessagename } = body;
  if (!isText(sdkmessagename)) {
    return choice(messageLabels, body.message) === undefined
      ? errors.invalidArgument("'sdkmessagename' or 'message' is required.")
      : undefined;
  }
  return messageNames.includes(sdkmessagename) || world.apis.has(sdkmessagename)
    ? undefined
    : errors.invalidArgument(`There is no message '${sdkmessagename}'.`);
}

function rowOf(id: string, body: Body, createdOn: number): CallbackRegistration {
  return {
    id,
    name: text(body.name),
    url: String(body.url),
    entityName: String(body.entityname),
    messageName: text(body.sdkmessagename) || null,
    message: choice(messageLabels, body.message) ?? null,
    scope: choice(scopeLabels, body.scope) ?? 4,
    version: choice(versionLabels, body.version) ?? 3,
    runAs: choice(runAsLabels, body.runas) ?? null,
    filteringAttributes: text(body.filteringattributes),
    filterExpression: text(body.filterexpression),
    createdOn,
  };
}

/** What a registration was made with, as a body. */
function bodyOf(row: CallbackRegistration): Body {
  return {
    name: row.name,
    url: row.url,
    entityname: row.entityName,
    sdkmessagename: row.messageName,
    message: row.message,
    scope: row.scope,
    version: row.version,
    runas: row.runAs,
    filteringattributes: row.filteringAttributes,
    filterexpression: row.filterExpression,
  };
}

/** What has to be sent along with a new `url`, as was seen in use. */
const besideUrl = ['scope', 'entityname', 'version'] as const;

/** The subscriptions of flows: each is a URL that a message is told to. The URL is never read back. */
export const callbackRegistrations: SmallTable<CallbackRegistration> = {
  set: 'callbackregistrations',
  entity: 'callbackregistration',
  key: 'callbackregistrationid',
  schemaName: 'CallbackRegistration',
  displayName: 'Callback Registration',
  columns: [
    { name: 'callbackregistrationid', type: 'guid', read: (row) => row.id },
    { name: 'name', type: 'string', longest: longest.name, read: (row) => row.name },
    { name: 'entityname', type: 'string', longest: longest.entityname, read: (row) => row.entityName },
    { name: 'sdkmessagename', type: 'string', longest: 256, read: (row) => row.messageName },
    { name: 'message', type: 'picklist', labels: messageLabels, read: (row) => row.message },
    { name: 'scope', type: 'picklist', labels: scopeLabels, read: (row) => row.scope },
    { name: 'version', type: 'picklist', labels: versionLabels, read: (row) => row.version },
    { name: 'runas', type: 'picklist', labels: runAsLabels, read: (row) => row.runAs },
    { name: 'filteringattributes', type: 'memo', read: (row) => row.filteringAttributes },
    { name: 'filterexpression', type: 'memo', read: (row) => row.filterExpression },
    dateColumn('createdon', (row) => row.createdOn),
  ],
  rows: (world) => [...world.events.callbackRegistrations.values()],
  insert(world, body, now) {
    const error = problemOf(world, body);
    if (error !== undefined) return { error };
    const { callbackRegistrations: rows } = world.events;
    const id = newKey({ key: 'callbackregistrationid' }, body);
    if (rows.has(id)) return { error: errors.exists() };
    rows.set(id, rowOf(id, body, now));
    return { id };
  },
  change(world, row, body) {
    const missing = besideUrl.find((column) => body.url !== undefined && body[column] === undefined);
    if (missing !== undefined)
      return errors.invalidArgument(`'url' is changed together with ${besideUrl.join(', ')}.`);
    const changed = { ...bodyOf(row), ...body };
    const error = problemOf(world, changed);
    if (error !== undefined) return error;
    world.events.callbackRegistrations.set(row.id, rowOf(row.id, changed, row.createdOn));
    return undefined;
  },
  remove: (world, id) => world.events.callbackRegistrations.delete(id),
};
