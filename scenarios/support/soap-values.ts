import { show } from '../../harness/expect.ts';
import type { Entity, TypedValue, Values } from '../../harness/organization-service/values.ts';

type Shown = ReturnType<Values['get']>;

/**
 * In which way a value came back as another one, in words; undefined where it is the same: dates as instants,
 * numbers by value, GUIDs without regard to case, rows by their attributes.
 */
export function differenceOf(sent: TypedValue, shown: Shown, where: string): string | undefined {
  if (shown === undefined || shown === null) return `${where} is missing`;
  if (shown.type !== sent.type)
    return `${where} is ${shown.type === 'odd' ? shown.value : `of the type ${shown.type}`}, not of ${sent.type}`;
  if (sent.type === 'Entity') return differenceOfRows(sent.value, shown.value as Entity, where);
  if (sent.type === 'EntityCollection') {
    const rows = shown.value as readonly Entity[];
    if (rows.length !== sent.value.length)
      return `${where} has ${rows.length} rows instead of ${sent.value.length}`;
    return sent.value
      .map((row, index) => differenceOfRows(row, rows[index] ?? row, `${where}[${index}]`))
      .find((one) => one !== undefined);
  }
  return same(sent, shown.value)
    ? undefined
    : `${where} is ${show(shown.value)} instead of ${show(sent.value)}`;
}

function differenceOfRows(sent: Entity, shown: Entity, where: string): string | undefined {
  if (shown.logicalName !== sent.logicalName) return `${where} is a row of ${show(shown.logicalName)}`;
  if (shown.id !== sent.id.toLowerCase()) return `${where} has the id ${show(shown.id)}`;
  for (const [name, value] of sent.attributes) {
    if (value === null || value.type === 'odd') continue;
    const difference = differenceOf(value, shown.attributes.get(name), `${where}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function same({ type, value }: TypedValue, shown: unknown): boolean {
  switch (type) {
    case 'decimal':
    case 'Money':
      return plain(value) === plain(String(shown));
    case 'long':
      return BigInt(value) === BigInt(String(shown));
    case 'dateTime':
      return Date.parse(value) === Date.parse(zoned(String(shown)));
    case 'guid':
      return value.toLowerCase() === String(shown).toLowerCase();
    case 'EntityReference':
      return show({ ...value, id: value.id.toLowerCase() }) === show(shown);
    case 'int':
    case 'double':
    case 'OptionSetValue':
      return Number(shown) === value;
    default:
      return JSON.stringify(shown) === JSON.stringify(value);
  }
}

/** The digits of a decimal number without those that do not count. */
function plain(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const digits = `${whole === '' ? '0' : whole}.${fraction}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A date without an offset is one in UTC. */
function zoned(text: string): string {
  return /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
}
