import { table } from '../../contract/vocabulary.ts';
import type { Column } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import { problems } from '../web-api/query/problem.ts';
import { pageLimit } from '../web-api/query/query.ts';
import { serviceErrors } from './errors.ts';
import type { Written } from './query-conditions.ts';
import { writeComparison, writeFilter } from './query-conditions.ts';
import { columnOf, otherTable, readColumnSet, selectOf } from './rows.ts';
import { readInt } from './scalars.ts';
import type { XmlElement } from './xml-reader.ts';
import { childOf, childText, isOfType } from './xml-reader.ts';

/** A query of the organization service as the query engine takes it. */
export interface TableQuery {
  /** The options of the Web API, encoded. */
  readonly options: readonly string[];
  /** Undefined: all columns. */
  readonly columns: readonly Column[] | undefined;
  readonly pageSize: number | undefined;
  /** The rows of earlier pages, where a page is asked for by its number alone. */
  readonly skipped: number;
  readonly counted: boolean;
}

/** A query, or why it is not served. */
export type ReadQuery =
  | { readonly query: TableQuery; readonly error?: never }
  | { readonly error: ApiError; readonly query?: never };

/** Reads a `QueryExpression` or a `QueryByAttribute`. */
export function readTableQuery(call: Call, element: XmlElement): ReadQuery {
  const byAttribute = isOfType(element, 'a', 'QueryByAttribute');
  if (!byAttribute && !isOfType(element, 'a', 'QueryExpression')) {
    return { error: serviceErrors.notServed(`queries of the type '${element.type?.local ?? 'none'}'`) };
  }
  const other = otherTable(childText(element, 'a', 'EntityName'));
  if (other !== undefined) return { error: other };
  if ((childOf(element, 'a', 'LinkEntities')?.children.length ?? 0) > 0) {
    return { error: problems.navigation() };
  }
  const { columns, error } = readColumnSet(call, childOf(element, 'a', 'ColumnSet'));
  if (error !== undefined) return { error };
  const filter = byAttribute
    ? writeAttributes(call, element)
    : writeFilter(call, childOf(element, 'a', 'Criteria'));
  if (filter.error !== undefined) return filter;
  const order = writeOrder(call, element);
  if (order.error !== undefined) return order;
  const options = [...selectOf(columns)];
  if (filter.text !== '') options.push(`$filter=${encodeURIComponent(filter.text)}`);
  if (order.text !== '') options.push(`$orderby=${encodeURIComponent(order.text)}`);
  return paged(element, options, columns);
}

function writeAttributes({ world, user }: Call, element: XmlElement): Written {
  const values = childOf(element, 'a', 'Values')?.children ?? [];
  const parts: string[] = [];
  for (const [index, { text }] of (childOf(element, 'a', 'Attributes')?.children ?? []).entries()) {
    const name = text.trim();
    const column = columnOf(world.columns, name);
    if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, name) };
    const value = values[index];
    if (value === undefined) return { error: serviceErrors.wrongValue(name, column.type) };
    const plain = childText(value, 'a', 'Value') ?? childText(value, 'a', 'Id') ?? value.text;
    const part = value.nil
      ? writeComparison(column, 'Null', [], user.id)
      : writeComparison(column, 'Equal', [plain], user.id);
    if (part.error !== undefined) return part;
    parts.push(part.text);
  }
  return { text: parts.join(' and ') };
}

function writeOrder({ world }: Call, element: XmlElement): Written {
  const parts: string[] = [];
  for (const order of childOf(element, 'a', 'Orders')?.children ?? []) {
    const name = childText(order, 'a', 'AttributeName') ?? '';
    const column = columnOf(world.columns, name);
    if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, name) };
    const descending = childText(order, 'a', 'OrderType') === 'Descending';
    parts.push(descending ? `${column.name} desc` : column.name);
  }
  return { text: parts.join(',') };
}

/** Adds what a query says of its pages. A page by its number alone is cut from the first rows. */
function paged(element: XmlElement, options: string[], columns: TableQuery['columns']): ReadQuery {
  const page = childOf(element, 'a', 'PageInfo');
  const number = (of: XmlElement | undefined, local: string) => readInt(childText(of, 'a', local) ?? '') ?? 0;
  const top = number(element, 'TopCount');
  const size = number(page, 'Count');
  const cookie = childText(page, 'a', 'PagingCookie');
  const counted = childText(page, 'a', 'ReturnTotalRecordCount') === 'true';
  if (top > 0 && size > 0) {
    return { error: errors.invalidArgument('The Top.Count value cannot be used with paging.') };
  }
  if (top < 0 || size < 0) return { error: errors.invalidArgument('The number of rows is negative.') };
  if (counted) options.push('$count=true');
  if (cookie !== undefined) options.push(`$skiptoken=${encodeURIComponent(cookie)}`);
  if (top > 0) options.push(`$top=${top}`);
  const wanted = size === 0 ? undefined : Math.min(size, pageLimit);
  const earlier = Math.max(0, number(page, 'PageNumber') - 1);
  const skipped = cookie === undefined ? earlier * (wanted ?? pageLimit) : 0;
  if (skipped + (wanted ?? 0) > pageLimit) {
    return { error: serviceErrors.notServed(`rows beyond ${pageLimit} without the paging cookie`) };
  }
  const pageSize = skipped === 0 ? wanted : skipped + (wanted ?? pageLimit);
  return { query: { options, columns, pageSize, skipped, counted } };
}
