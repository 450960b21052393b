import { stateLabels, statusLabels, table } from '../../contract/vocabulary.ts';
import { isGuid } from '../expect.ts';

/** What a column may hold: its type in words, and whether a value fits it. */
export interface ColumnForm {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

const greatest = 2_147_483_647;
const memo = 1_048_576;

function guid(): ColumnForm {
  return { words: 'a GUID', fits: isGuid };
}

function text(longest: number): ColumnForm {
  return {
    words: `text of at most ${longest} characters`,
    fits: (value) => typeof value === 'string' && value.length <= longest,
  };
}

function whole(least: number, most: number): ColumnForm {
  return {
    words: `an integer from ${least} to ${most}`,
    fits: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

function choice(labels: Readonly<Record<number, string>>): ColumnForm {
  const codes = Object.keys(labels).map(Number);
  return {
    words: `one of the codes ${codes.join(', ')}`,
    fits: (value) => typeof value === 'number' && codes.includes(value),
  };
}

const instant: ColumnForm = {
  words: 'a date and time with its zone',
  fits: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
};

const date: ColumnForm = {
  words: 'a date',
  fits: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(value),
};

/** A 64-bit integer; JSON readers may lose its last digits, never that it is a whole number. */
const big: ColumnForm = {
  words: 'an integer',
  fits: (value) => Number.isInteger(value) || (typeof value === 'string' && /^-?\d+$/.test(value)),
};

/** Columns of the table that always hold a value. */
export const neverNull: Readonly<Record<string, ColumnForm>> = {
  [table.key]: guid(),
  [table.state]: choice(stateLabels),
  [table.status]: choice(statusLabels),
  name: text(512),
  createdon: instant,
};

/** Columns of the table that may be null. */
export const mayBeNull: Readonly<Record<string, ColumnForm>> = {
  displayname: text(512),
  inputparameters: text(memo),
  outputparameters: text(memo),
  errormessage: text(memo),
  errorcode: whole(-greatest - 1, greatest),
  starttime: instant,
  endtime: instant,
  retrycount: whole(0, greatest),
  priority: whole(0, 10),
  runas: text(40),
  partitionid: text(100),
  ttlinseconds: whole(1, greatest),
  importsequencenumber: whole(-greatest - 1, greatest),
  overriddencreatedon: date,
  modifiedon: instant,
  versionnumber: big,
  _createdby_value: guid(),
  _createdonbehalfby_value: guid(),
  _modifiedby_value: guid(),
  _modifiedonbehalfby_value: guid(),
};

const forms: ReadonlyMap<string, ColumnForm> = new Map([
  ...Object.entries(neverNull),
  ...Object.entries(mayBeNull),
]);

/** What a column may hold; undefined where the table has none of this name. */
export function columnForm(name: string): ColumnForm | undefined {
  return forms.get(name);
}

/** Columns that a row may carry unasked: its key, its version and partition, and who owns it. */
export const unasked: ReadonlySet<string> = new Set([
  table.key,
  'versionnumber',
  'partitionid',
  '_ownerid_value',
  '_owninguser_value',
  '_owningteam_value',
  '_owningbusinessunit_value',
  '_organizationid_value',
]);
