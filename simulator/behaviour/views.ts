import { members, statusLabels, stateLabels, table } from '../../contract/vocabulary.ts';
import type { NamedValue, Operation } from '../core/operation.ts';
import type { Column, TableRequest } from '../core/table.ts';
import type { Choices } from '../choices.ts';
import { exactNumber } from '../http/exact-json.ts';
import type { Situation } from '../situation.ts';

/** Decisions about what is shown of an operation. */
export interface ViewDecisions {
  /** The monitor's JSON. */
  readonly monitor: (operation: Operation, situation: Situation) => Record<string, unknown>;
  /** The columns of the table; `keyValues` writes the Key/Value lists. */
  readonly columns: (
    choices: Choices,
    keyValues: (values: readonly NamedValue[]) => string,
  ) => readonly Column[];
  /** A Key/Value list as its column holds it. */
  readonly keyValues: (values: readonly NamedValue[], choices: Choices) => string;
  /** The last word on a query of the table, or on the rendering of one row. */
  readonly tableRequest: (request: TableRequest, situation: Situation) => TableRequest;
  /** Whether a row can be read already: by its key, or in the collection. */
  readonly visible: (operation: Operation, situation: Situation, by: 'key' | 'collection') => boolean;
  /** When it is deleted, epoch milliseconds. */
  readonly expiresAt: (operation: Operation, choices: Choices) => number;
  readonly etag: (operation: Operation) => string;
}

const none = (): null => null;

function date(time: number | undefined, choices: Choices): string | null {
  if (time === undefined) return null;
  const text = new Date(time).toISOString();
  switch (choices.dates) {
    case 'seconds':
      return `${text.slice(0, 19)}Z`;
    case 'milliseconds':
      return text;
    case 'ticks':
      return `${text.slice(0, 23)}0000Z`;
    case 'trimmed':
      return text.replace(/\.?0*Z$/, 'Z');
  }
}

/** An instant as the chosen precision shows it: what is compared is what is shown. */
function instant(time: number | undefined, choices: Choices): number | null {
  if (time === undefined) return null;
  return choices.dates === 'seconds' ? Math.floor(time / 1000) * 1000 : time;
}

function dateColumn(
  name: string,
  of: (operation: Operation) => number | undefined,
  choices: Choices,
): Column {
  return {
    name,
    type: 'datetime',
    read: (operation) => instant(of(operation), choices),
    show: (operation) => date(of(operation), choices),
  };
}

function guidColumn(
  name: string,
  type: 'guid' | 'lookup',
  of: (operation: Operation) => string,
  choices: Choices,
): Column {
  const show = (operation: Operation) =>
    choices.upperCaseGuids ? of(operation).toUpperCase() : of(operation);
  return { name, type, read: of, show };
}

function listColumn(
  name: string,
  of: (operation: Operation) => readonly NamedValue[] | undefined,
  empty: string | null,
  keyValues: (values: readonly NamedValue[]) => string,
): Column {
  const read = (operation: Operation) => {
    const values = of(operation);
    return values === undefined || values.length === 0 ? empty : keyValues(values);
  };
  return { name, type: 'memo', read };
}

const toUser = (navigation: string) => ({ navigation, entity: 'systemuser' });

/** The 25 columns of the table reference, in its order. */
function operationColumns(
  choices: Choices,
  keyValues: (values: readonly NamedValue[]) => string,
): readonly Column[] {
  return [
    guidColumn(table.key, 'guid', (o) => o.id, choices),
    {
      name: table.state,
      type: 'picklist',
      choice: `${table.entity}_statecode`,
      read: (o) => o.state,
      labels: stateLabels,
    },
    {
      name: table.status,
      type: 'picklist',
      choice: `${table.entity}_statuscode`,
      read: (o) => o.status,
      labels: { ...statusLabels, 22: choices.cancelingLabel },
    },
    { name: 'name', type: 'string', read: (o) => o.name },
    { name: 'displayname', type: 'string', read: (o) => o.displayName },
    listColumn('inputparameters', (o) => o.inputs, choices.emptyInputs, keyValues),
    listColumn('outputparameters', (o) => o.outputs, choices.emptyOutputs, keyValues),
    { name: 'errorcode', type: 'integer', read: (o) => o.errorCode ?? null },
    { name: 'errormessage', type: 'memo', read: (o) => o.errorMessage ?? null },
    dateColumn('starttime', (o) => o.startTime, choices),
    dateColumn('endtime', (o) => o.endTime, choices),
    {
      name: 'retrycount',
      type: 'integer',
      read: (o) => (choices.retriesCounted === 'atTheEnd' && o.state !== 3 ? 0 : o.retryCount),
    },
    { name: 'priority', type: 'integer', read: (o) => o.priority },
    { name: 'runas', type: 'string', read: (o) => o.runAs },
    { name: 'partitionid', type: 'string', read: (o) => o.partitionId },
    { name: 'ttlinseconds', type: 'integer', read: (o) => o.ttlSeconds },
    { name: 'importsequencenumber', type: 'integer', read: none },
    { name: 'overriddencreatedon', type: 'date', read: none },
    dateColumn('createdon', (o) => o.createdOn, choices),
    dateColumn('modifiedon', (o) => o.modifiedOn, choices),
    { ...guidColumn('_createdby_value', 'lookup', (o) => o.runAs, choices), lookup: toUser('createdby') },
    {
      ...guidColumn('_modifiedby_value', 'lookup', (o) => o.modifiedBy, choices),
      lookup: toUser('modifiedby'),
    },
    {
      name: '_createdonbehalfby_value',
      type: 'lookup',
      read: (o) => o.onBehalfBy ?? null,
      lookup: toUser('createdonbehalfby'),
    },
    { name: '_modifiedonbehalfby_value', type: 'lookup', read: none, lookup: toUser('modifiedonbehalfby') },
    {
      name: 'versionnumber',
      type: 'bigint',
      read: versionNumber,
      show: (o) => exactNumber(versionNumber(o)),
    },
  ];
}

/** Milliseconds from the year 1 to 1970, by ten thousands. */
const ticksBefore1970 = 62_135_596_800_000;

/**
 * A 64-bit number that grows with every write. As in the documented samples it looks like .NET's ticks
 * (638183964640916096), beyond what a double keeps, so that clients that lose digits notice.
 */
function versionNumber({ modifiedOn, version }: Operation): string {
  return `${modifiedOn + ticksBefore1970}${String(version % 10_000).padStart(4, '0')}`;
}

const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');

/** Never started and not at its end: on a virtual clock nothing would ever change that without starting it. */
function isWaiting(operation: Operation): boolean {
  return operation.attempts === 0 && operation.state !== 3;
}

/** What is shown as the contract has it. */
export const views: ViewDecisions = {
  monitor: (operation) => {
    const shown: Record<string, unknown> = {
      [members.state]: operation.state,
      [members.status]: operation.status,
    };
    if (operation.errorCode !== undefined) {
      shown[members.errorCode] = operation.errorCode;
      shown[members.errorMessage] = operation.errorMessage;
    }
    for (const { Key, Value } of operation.outputs ?? []) if (!(Key in shown)) shown[Key] = Value;
    return shown;
  },
  columns: operationColumns,
  keyValues: (values, choices) =>
    JSON.stringify(
      values.map(({ Key, Value }) => ({
        Key,
        Value:
          choices.keyValueTypes === 'strings' && typeof Value !== 'string' ? JSON.stringify(Value) : Value,
      })),
    ),
  tableRequest: (request) => request,
  visible: (operation, { now, choices }, by) =>
    by === 'collection' || isWaiting(operation) || now >= operation.createdOn + choices.rowLagMs,
  expiresAt: (operation, choices) =>
    (choices.ttlFrom === 'creation' ? operation.createdOn : operation.modifiedOn) +
    operation.ttlSeconds * 1000,
  etag: (operation) =>
    `W/"${hex(operation.version)}-0000-0200-0000-${hex(Math.floor(operation.createdOn / 1000))}0000"`,
};
