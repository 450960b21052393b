import type { Column } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import { serviceErrors } from './errors.ts';
import { isTrue } from './fetch-document.ts';
import { readFetchFilter } from './fetch-filter.ts';
import type { ReadQuery } from './paging.ts';
import type { QueriedTable } from './queried-table.ts';
import { columnOf } from './rows.ts';
import type { XmlElement } from './xml-element.ts';

/** FetchXML's names for the methods of `$apply`. */
const methods: ReadonlyMap<string, string> = new Map([
  ['sum', 'sum'],
  ['avg', 'average'],
  ['min', 'min'],
  ['max', 'max'],
  ['countcolumn', 'Microsoft.Dynamics.CRM.CountColumn'],
]);

/** Reads the entity of a FetchXML with `aggregate="true"` as `$apply`. Not served: orders, dates by their parts. */
export function readAggregates(call: Call, table: QueriedTable, entity: XmlElement): ReadQuery {
  if (table.elastic) return { error: serviceErrors.notServed('aggregates of FetchXML on an elastic table') };
  const groups = new Map<string, string>();
  const values: string[] = [];
  const filters: string[] = [];
  for (const child of entity.children) {
    if (child.local === 'filter') {
      const filter = readFetchFilter(call, table, child);
      if (filter.error !== undefined) return { error: filter.error };
      if (filter.text !== '') filters.push(`filter(${filter.text})/`);
      continue;
    }
    if (child.local !== 'attribute')
      return { error: serviceErrors.notServed(`'${child.local}' in aggregates of FetchXML`) };
    const { attributes = {} } = child;
    const { name = '', alias = '' } = attributes;
    const column = columnOf(table.columns, name);
    if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, name) };
    if (!/^\w+$/.test(alias))
      return { error: errors.invalidArgument(`Invalid FetchXML: the attribute '${name}' needs an alias.`) };
    const value = aggregateOf(column, attributes, alias);
    if (value.error !== undefined) return value;
    if (value.text === undefined) groups.set(column.name, alias);
    else values.push(value.text);
  }
  const aggregate = values.length === 0 ? '' : `aggregate(${values.join(',')})`;
  const apply =
    groups.size === 0
      ? aggregate
      : `groupby((${[...groups.keys()].join(',')})${aggregate === '' ? '' : `,${aggregate}`})`;
  const options = [`$apply=${encodeURIComponent(filters.join('') + apply)}`];
  const query = { options, columns: undefined, pageSize: undefined, skipped: 0, counted: false };
  return { query: { ...query, renamed: groups } };
}

/** An attribute as `$apply` has it; without a text it is what is grouped by. */
function aggregateOf(
  { name }: Column<never>,
  { aggregate, groupby, dategrouping, distinct }: Readonly<Record<string, string>>,
  alias: string,
): { readonly text: string | undefined; readonly error?: never } | { readonly error: ApiError } {
  if (dategrouping !== undefined) return { error: serviceErrors.notServed('dategrouping in FetchXML') };
  if (isTrue(groupby)) return { text: undefined };
  if (aggregate === 'count') return { text: `$count as ${alias}` };
  const method =
    aggregate === 'countcolumn' && isTrue(distinct) ? 'countdistinct' : methods.get(aggregate ?? '');
  if (method === undefined) {
    const message = `Invalid FetchXML: '${name}' needs groupby or an aggregate of count, countcolumn, sum, avg, min, max.`;
    return { error: errors.invalidArgument(message) };
  }
  return { text: `${name} with ${method} as ${alias}` };
}
