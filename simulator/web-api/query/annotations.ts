import { formattedValue } from '../../../contract/vocabulary.ts';
import type { Column } from '../../core/table.ts';

/** The annotations that an answer may carry beside those of `@odata`. */
export const annotationNames = {
  formattedValue,
  totalCount: 'Microsoft.Dynamics.CRM.totalrecordcount',
  lookupTable: 'Microsoft.Dynamics.CRM.lookuplogicalname',
  lookupNavigation: 'Microsoft.Dynamics.CRM.associatednavigationproperty',
  totalCountExceeded: 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded',
} as const;

/**
 * Whether the patterns of `odata.include-annotations` ask for an annotation. A pattern is a name, a
 * `Namespace.*` or `*`, with a leading `-` to leave out; the longest one that fits decides.
 */
export function wants(patterns: string | undefined, name: string): boolean {
  if (patterns === undefined) return false;
  let length = -1;
  let wanted = false;
  for (const item of patterns.split(',')) {
    const trimmed = item.trim();
    const pattern = trimmed.replace(/^-/, '');
    const fits = pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
    if (!fits || pattern.length < length) continue;
    length = pattern.length;
    wanted = !trimmed.startsWith('-');
  }
  return wanted;
}

const wholeNumber = new Intl.NumberFormat('en-US');

/** What a person reads for a cell, by US English habits: labels, grouped digits, dates. Undefined if there is no such form. */
export function formatted<Row>(column: Column<Row>, row: Row): string | undefined {
  const value = column.read(row);
  if (value === null) return undefined;
  switch (column.type) {
    case 'picklist':
      return column.labels?.[Number(value)];
    case 'integer':
      return wholeNumber.format(Number(value));
    case 'bigint':
      return wholeNumber.format(BigInt(value));
    case 'boolean':
      if (column.managedProperty !== undefined) return undefined;
      return value === 0 ? 'No' : 'Yes';
    case 'datetime':
      return `${dayOf(value)} ${timeOf(value)}`;
    case 'date':
      return dayOf(value);
    default:
      return undefined;
  }
}

function dayOf(value: string | number): string {
  const date = new Date(value);
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
}

function timeOf(value: string | number): string {
  const date = new Date(value);
  const hour = date.getUTCHours();
  const minute = String(date.getUTCMinutes()).padStart(2, '0');
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
}
