import { table } from '../../contract/vocabulary.ts';
import type { Call } from '../web-api/call.ts';
import { problems } from '../web-api/query/problem.ts';
import { serviceErrors } from './errors.ts';
import { readFetchXml } from './fetch-xml.ts';
import type { Paging, ReadQuery } from './paging.ts';
import { paged } from './paging.ts';
import type { Written } from './query-conditions.ts';
import { writeComparison, writeFilter } from './query-conditions.ts';
import { columnOf, otherTable, readColumnSet, selectOf } from './rows.ts';
import { readInt } from './scalars.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText, isOfType } from './xml-reader.ts';

/** Reads a `QueryExpression`, a `QueryByAttribute` or a `FetchExpression`. */
export function readTableQuery(call: Call, element: XmlElement): ReadQuery {
  if (isOfType(element, 'a', 'FetchExpression')) {
    return readFetchXml(call, childText(element, 'a', 'Query') ?? '');
  }
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
  return paged(pagingOf(element), options, columns);
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

function pagingOf(element: XmlElement): Paging {
  const page = childOf(element, 'a', 'PageInfo');
  const number = (of: XmlElement | undefined, local: string) => readInt(childText(of, 'a', local) ?? '') ?? 0;
  return {
    top: number(element, 'TopCount'),
    size: number(page, 'Count'),
    page: number(page, 'PageNumber'),
    cookie: childText(page, 'a', 'PagingCookie'),
    counted: childText(page, 'a', 'ReturnTotalRecordCount') === 'true',
    distinct: childText(element, 'a', 'Distinct') === 'true',
  };
}
