import type { UndoLog } from '../store/undo-log.ts';

/** Who wrote a row, and when. What is part of the simulator, or was kept by an earlier version, names nobody. */
export interface Authored {
  /** Epoch milliseconds on the target's clock. */
  readonly createdOn: number;
  readonly modifiedOn?: number;
  /** How often it was changed. */
  readonly changes?: number;
  /** systemuserids. */
  readonly createdBy?: string;
  readonly modifiedBy?: string;
}

/** A row that a client registered through the Web API: a custom API, a part of one, or plug-in code. */
export interface Registered extends Authored {
  /** The primary key: a GUID in lower case. */
  readonly id: string;
  /** By the column's logical name; a lookup's value is the id of the row, in lower case. */
  readonly values: Readonly<Record<string, RegisteredValue>>;
}

/** What a column of a registered row holds. */
export type RegisteredValue = string | number | boolean | null;

/** The sets in which clients register. */
export const registrationSets = [
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'pluginassemblies',
  'plugintypes',
] as const;

/** One of them. */
export type RegistrationSet = (typeof registrationSets)[number];

/** What clients registered: by set, then by id. */
export type Registrations = Readonly<Record<RegistrationSet, Map<string, Registered>>>;

/** Nothing registered yet; `changed` is told of each row that changes. */
export function createRegistrations(
  undo: UndoLog,
  changed?: (set: RegistrationSet, id: string) => void,
): Registrations {
  const map = (set: RegistrationSet) => undo.map<string, Registered>([], (id) => changed?.(set, id));
  return {
    customapis: map('customapis'),
    customapirequestparameters: map('customapirequestparameters'),
    customapiresponseproperties: map('customapiresponseproperties'),
    pluginassemblies: map('pluginassemblies'),
    plugintypes: map('plugintypes'),
  };
}

/** A column's value as text; empty if it is none. */
export function textOf(row: Registered | undefined, column: string): string {
  const value = row?.values[column];
  return typeof value === 'string' ? value : '';
}

/** The rows of a set whose column has this value. */
export function rowsWith(
  registrations: Registrations,
  set: RegistrationSet,
  column: string,
  value: RegisteredValue,
): Registered[] {
  return [...registrations[set].values()].filter((row) => row.values[column] === value);
}
