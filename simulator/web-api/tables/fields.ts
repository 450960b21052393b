import type { Column } from '../../core/table.ts';
import { isGuidText } from '../../custom-apis/parameter-types.ts';
import type { Registered, RegisteredValue, RegistrationSet } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { managedColumn } from './platform-columns.ts';
import { boundId, flagColumn, wholeNumber } from './small-table.ts';

interface Common {
  /** Cannot be null or missing. */
  readonly required?: boolean;
  /** Is called required by metadata, though a client may leave it out. */
  readonly systemRequired?: boolean;
  /** Cannot be changed after it was saved. */
  readonly fixed?: boolean;
  /** Is never read back. */
  readonly writeOnly?: boolean;
}

/** A column that clients write. */
type Field =
  | (Common & { readonly type: 'string'; readonly longest: number })
  | (Common & { readonly type: 'boolean'; readonly initial: boolean })
  | (Common & { readonly type: 'managed'; readonly initial: boolean; readonly property: string })
  | (Common & {
      readonly type: 'picklist';
      readonly labels: Readonly<Record<number, string>>;
      readonly initial?: number;
    })
  | (Common & { readonly type: 'integer' })
  | (Common & {
      readonly type: 'lookup';
      /** The navigation property, as `@odata.bind` wants it: names are case-sensitive. */
      readonly navigation: string;
      readonly set: RegistrationSet;
      readonly entity: string;
      /** The navigation property of the other table that leads back. */
      readonly inverse?: string;
    });

/** The columns of a table that clients write, by logical name. */
export type Fields = Readonly<Record<string, Field>>;

type Values = Readonly<Record<string, RegisteredValue>>;

/** The columns as they are read; a lookup is read as `_name_value`. */
export function columnsOf(key: string, fields: Fields): Column<Registered>[] {
  const written = Object.entries(fields).map(([name, field]): Column<Registered> => {
    const value = (row: Registered): RegisteredValue => row.values[name] ?? null;
    const required = field.systemRequired === true ? 'system' : (field.required ?? false);
    const { writeOnly = false } = field;
    switch (field.type) {
      case 'boolean':
        return flagColumn(name, (row) => value(row) === true);
      case 'managed':
        return managedColumn(name, field.property, (row) => value(row) !== false);
      case 'lookup': {
        const { navigation, entity, inverse } = field;
        const lookup = { navigation, entity, ...(inverse === undefined ? {} : { inverse }) };
        return {
          name: `_${name}_value`,
          type: 'lookup',
          lookup,
          required,
          read: (row) => value(row) as string | null,
        };
      }
      case 'picklist':
        return {
          name,
          type: 'picklist',
          labels: field.labels,
          required,
          read: (row) => value(row) as number | null,
        };
      case 'integer':
        return { name, type: 'integer', required, read: (row) => value(row) as number | null };
      case 'string': {
        const { longest } = field;
        return {
          name,
          type: 'string',
          longest,
          required,
          writeOnly,
          read: (row) => value(row) as string | null,
        };
      }
    }
  });
  return [{ name: key, type: 'guid', read: (row) => row.id }, ...written];
}

/** What a table is called, and which columns clients write. */
export interface WritableTable {
  readonly entity: string;
  readonly key: string;
  readonly fields: Fields;
}

/**
 * The values that a body comes to: over those of the row for PATCH, over the initial ones for POST.
 * Refuses unknown members, wrong types, what is too long, missing or fixed, and links to nowhere.
 */
export function readValues(
  world: World,
  { entity, key, fields }: WritableTable,
  body: Readonly<Record<string, unknown>>,
  before: Registered | undefined,
):
  | { readonly values: Values; readonly error?: never }
  | { readonly error: ApiError; readonly values?: never } {
  const values: Record<string, RegisteredValue> = { ...(before?.values ?? initialValues(fields)) };
  for (const [member, given] of Object.entries(body)) {
    if (member === key || member.startsWith('@')) continue;
    const [bound, annotation] = member.split('@', 2);
    // Labels and the like, as a row has them that was read before.
    if (annotation !== undefined && Object.hasOwn(body, bound ?? '')) continue;
    const [name, field] = fieldOf(fields, bound ?? '', annotation) ?? [];
    if (name === undefined || field === undefined) {
      return {
        error:
          annotation === undefined
            ? errors.unknownProperty(member, entity)
            : errors.undeclaredLink(bound ?? ''),
      };
    }
    const read = readValue(world, entity, name, field, given);
    if (read.error !== undefined) return read;
    if (before !== undefined && field.fixed === true && read.value !== before.values[name]) {
      return {
        error: errors.invalidArgument(`'${name}' of a ${entity} cannot be changed after it was saved.`),
      };
    }
    values[name] = read.value;
  }
  for (const [name, { required }] of Object.entries(fields)) {
    if (required === true && (values[name] ?? '') === '')
      return { error: errors.invalidArgument(`'${name}' is required.`) };
  }
  return { values };
}

/** The key that a client chose for a new row, or a new one. */
export function newKey({ key }: Pick<WritableTable, 'key'>, body: Readonly<Record<string, unknown>>): string {
  const given = body[key];
  return typeof given === 'string' && isGuidText(given) ? given.toLowerCase() : crypto.randomUUID();
}

function initialValues(fields: Fields): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      'initial' in field ? (field.initial ?? null) : null,
    ]),
  );
}

/** A lookup is written through its navigation property with `odata.bind`, all else by its own name. */
function fieldOf(fields: Fields, name: string, annotation: string | undefined): [string, Field] | undefined {
  if (annotation === undefined) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field === undefined || field.type === 'lookup' ? undefined : [name, field];
  }
  if (annotation !== 'odata.bind') return undefined;
  return Object.entries(fields).find(([, field]) => field.type === 'lookup' && field.navigation === name);
}

type ReadValue =
  | { readonly value: RegisteredValue; readonly error?: never }
  | { readonly error: ApiError; readonly value?: never };

function readValue(world: World, entity: string, name: string, field: Field, given: unknown): ReadValue {
  if (given === null || given === undefined) return { value: null };
  const wrong = (edm: string): ReadValue => ({
    error: errors.wrongType(JSON.stringify(given).slice(0, 100), edm),
  });
  switch (field.type) {
    case 'string':
      if (typeof given !== 'string') return wrong('Edm.String');
      if (given.length > field.longest) return { error: errors.tooLong(name, entity, field.longest) };
      return { value: given };
    case 'integer':
      return wholeNumber(given) === undefined ? wrong('Edm.Int32') : { value: wholeNumber(given) ?? null };
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : wrong('Edm.Boolean');
    case 'managed': {
      const flag: unknown = typeof given === 'object' && 'Value' in given ? given.Value : undefined;
      return typeof flag === 'boolean'
        ? { value: flag }
        : wrong('Microsoft.Dynamics.CRM.BooleanManagedProperty');
    }
    case 'picklist':
      if (typeof given !== 'number' || !Number.isInteger(given)) return wrong('Edm.Int32');
      if (Object.hasOwn(field.labels, given)) return { value: given };
      return { error: errors.invalidArgument(`${given} is not a value of the choice '${name}'.`) };
    case 'lookup': {
      const id = boundId(given);
      if (id === undefined || !String(given).includes(`${field.set}(`))
        return { error: errors.badSyntax(`'${field.navigation}' has to name a row, as /${field.set}(id).`) };
      if (world.registrations[field.set].has(id)) return { value: id };
      return { error: errors.noTableRow(field.entity, id) };
    }
  }
}
