import { limits, stateLabels, statusLabels, table } from '../../contract/vocabulary.ts';
import type { StateCode, StatusCode } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { isGuidText } from '../custom-apis/parameter-types.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';

/** The columns that a client may set besides state and status. */
interface WritableColumns {
  readonly name?: string;
  readonly displayName?: string;
  readonly priority?: number;
  readonly ttlSeconds?: number;
  readonly partitionId?: string | null;
}

/** What a client wants to write. */
export interface RowChanges {
  readonly id: string | undefined;
  readonly state: StateCode | undefined;
  readonly status: StatusCode | undefined;
  readonly columns: WritableColumns & EmptiedColumns;
}

/** Columns of the platform that lose their value when a row is replaced. */
type EmptiedColumns = Partial<Pick<Operation, 'inputs' | 'outputs' | 'errorCode' | 'errorMessage'>>;

/** The changes, or the first thing that is wrong with them. */
export type ReadChanges =
  | { readonly changes: RowChanges; readonly error?: never }
  | { readonly error: ApiError; readonly changes?: never };

type Check = (value: unknown) => boolean;

const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= longest;
const whole =
  (low: number, high: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= low && Number(value) <= high;

/** Column → member of {@link WritableColumns}, with what fits it and the name of its type. */
const writable: Readonly<Record<string, readonly [keyof WritableColumns, Check, string]>> = {
  name: ['name', text(512), 'Edm.String'],
  displayname: ['displayName', (value) => value === null || text(512)(value), 'Edm.String'],
  priority: ['priority', whole(0, 10), 'Edm.Int32'],
  ttlinseconds: ['ttlSeconds', whole(1, 2_147_483_647), 'Edm.Int32'],
  partitionid: ['partitionId', (value) => value === null || text(100)(value), 'Edm.String'],
};

/** Columns that only the platform writes: a client's value is refused. */
const platformOwned = new Set([
  'inputparameters',
  'outputparameters',
  'errormessage',
  'errorcode',
  'starttime',
  'endtime',
  'retrycount',
  'runas',
  'createdon',
  'modifiedon',
  'versionnumber',
]);

/** Columns that are accepted and not kept. */
const ignored = new Set(['importsequencenumber', 'overriddencreatedon']);

/** Reads the body of a POST or PATCH on the table. */
export function readChanges(body: Readonly<Record<string, unknown>>): ReadChanges {
  let id: string | undefined;
  let state: StateCode | undefined;
  let status: StatusCode | undefined;
  const columns: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(body)) {
    if (column.includes('@') || ignored.has(column)) continue;
    const rule = Object.hasOwn(writable, column) ? writable[column] : undefined;
    if (column === table.key) {
      if (typeof value !== 'string' || !isGuidText(value)) return wrong(value, 'Edm.Guid');
      id = value.toLowerCase();
    } else if (column === table.state) {
      if (!isCode(stateLabels, value)) return { error: badChoice(value, column) };
      state = value;
    } else if (column === table.status) {
      if (!isCode(statusLabels, value)) return { error: badChoice(value, column) };
      status = value;
    } else if (rule !== undefined) {
      const [member, fits, edm] = rule;
      if (!fits(value)) return wrong(value, edm);
      columns[member] = value ?? (member === 'displayName' ? '' : null);
    } else if (platformOwned.has(column)) {
      return { error: errors.invalidOperation(`The column '${column}' is written by the platform only.`) };
    } else {
      return { error: errors.unknownProperty(column, table.entity) };
    }
  }
  return { changes: { id, state, status, columns } };
}

function isCode<Codes extends object>(labels: Codes, value: unknown): value is keyof Codes {
  return typeof value === 'number' && Object.hasOwn(labels, value);
}

function wrong(value: unknown, edm: string): ReadChanges {
  return { error: errors.wrongType(JSON.stringify(value).slice(0, 100), edm) };
}

function badChoice(value: unknown, column: string): ApiError {
  if (typeof value !== 'number') return errors.wrongType(JSON.stringify(value).slice(0, 100), 'Edm.Int32');
  return {
    status: 400,
    code: '0x8004431a',
    message: `The picklist value ${value} of '${column}' is out of the range.`,
  };
}

/** What a row gets that its writer did not set. */
export const rowDefaults = { ttlSeconds: limits.ttlSeconds, priority: 0 } as const;
