import type { Column } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import { queryLimit } from '../web-api/query/options.ts';
import { problems } from '../web-api/query/problem.ts';
import { serviceErrors } from './errors.ts';
import { readAggregates } from './fetch-aggregates.ts';
import { readFetchFilter } from './fetch-filter.ts';
import { isTrue, readFetchDocument } from './fetch-document.ts';
import type { ReadQuery } from './paging.ts';
import { paged } from './paging.ts';
import type { Written } from './query-conditions.ts';
import type { QueriedTable } from './queried-table.ts';
import { operationsTable } from './queried-table.ts';
import { columnOf, selectOf } from './rows.ts';
import { readInt } from './scalars.ts';
import type { XmlElement } from './xml-element.ts';

/** Reads FetchXML of one table. Both doors take that of background operations, the Web API that of others, too. */
export function readFetchXml(
  call: Call,
  text: string,
  table: QueriedTable = operationsTable(call),
): ReadQuery {
  if (text.length > queryLimit) {
    return { error: errors.invalidArgument(`FetchXML has more than ${queryLimit} characters.`) };
  }
  const { root, error } = readFetchDocument(text);
  if (error !== undefined) return { error };
  const { attributes = {} } = root;
  const [entity, ...others] = root.children;
  if (entity?.local !== 'entity' || others.length > 0) {
    return { error: errors.invalidArgument('Invalid FetchXML: expected one entity in fetch.') };
  }
  const { name } = entity.attributes ?? {};
  if (name !== table.entity) return { error: serviceErrors.notServed(`the table '${name ?? ''}'`) };
  if (isTrue(attributes.aggregate)) return readAggregates(call, table, entity);
  const read = readEntity(call, table, entity);
  if (read.error !== undefined) return read;
  const numbers = readNumbers(attributes);
  if (numbers.error !== undefined) return numbers;
  const paging = {
    ...numbers,
    cookie: attributes['paging-cookie'] === '' ? undefined : attributes['paging-cookie'],
    counted: isTrue(attributes.returntotalrecordcount),
    distinct: isTrue(attributes.distinct),
  };
  return paged(paging, read.options, read.columns, table.key);
}

type ReadEntity =
  | {
      readonly options: readonly string[];
      readonly columns: readonly Column<never>[] | undefined;
      readonly error?: never;
    }
  | { readonly error: ApiError };

function readEntity(call: Call, table: QueriedTable, entity: XmlElement): ReadEntity {
  const columns = new Set<Column<never>>();
  const filters: string[] = [];
  const orders: string[] = [];
  let all = true;
  for (const child of entity.children) {
    switch (child.local) {
      case 'all-attributes':
        break;
      case 'no-attrs':
        all = false;
        break;
      case 'attribute': {
        const { column, error } = columnIn(table, child);
        if (error !== undefined) return { error };
        all = false;
        columns.add(column);
        break;
      }
      case 'order': {
        const { column, error } = columnIn(table, child);
        if (error !== undefined) return { error };
        orders.push(isTrue(child.attributes?.descending) ? `${column.name} desc` : column.name);
        break;
      }
      case 'filter': {
        const filter: Written = readFetchFilter(call, table, child);
        if (filter.error !== undefined) return { error: filter.error };
        if (filter.text !== '') filters.push(filter.text);
        break;
      }
      case 'link-entity':
        return { error: table.elastic ? problems.navigation() : serviceErrors.notServed('link-entity') };
      default:
        return {
          error: errors.invalidArgument(`Invalid FetchXML: entity cannot have '${shown(child.local)}'.`),
        };
    }
  }
  const wanted =
    all || entity.children.some(({ local }) => local === 'all-attributes') ? undefined : [...columns];
  const options = [...selectOf(wanted, table.key)];
  const [first = '', second] = filters;
  const filter = second === undefined ? first : filters.map((each) => `(${each})`).join(' and ');
  if (filter !== '') options.push(`$filter=${encodeURIComponent(filter)}`);
  if (orders.length > 0) options.push(`$orderby=${encodeURIComponent(orders.join(','))}`);
  return { options, columns: wanted };
}

type ReadColumn =
  | { readonly column: Column<never>; readonly error?: never }
  | { readonly error: ApiError; readonly column?: never };

function columnIn(table: QueriedTable, { local, attributes = {} }: XmlElement): ReadColumn {
  if (attributes.alias !== undefined)
    return { error: serviceErrors.notServed(`aliases in FetchXML (${local})`) };
  const { entityname = table.entity } = attributes;
  if (entityname !== table.entity) return { error: problems.navigation() };
  const name = attributes[local === 'order' ? 'attribute' : 'name'] ?? '';
  const column = columnOf(table.columns, name);
  return column === undefined ? { error: serviceErrors.noAttribute(table.entity, name) } : { column };
}

type Numbers = Readonly<Record<'top' | 'size' | 'page', number>> & { readonly error?: never };

function readNumbers(attributes: Readonly<Record<string, string>>): Numbers | { readonly error: ApiError } {
  const read: number[] = [];
  for (const name of ['top', 'count', 'page']) {
    const text = attributes[name] ?? '0';
    const number = readInt(text.trim());
    if (number === undefined || number < 0) {
      return {
        error: errors.invalidArgument(`Invalid FetchXML: ${name} is '${shown(text)}', expected a number.`),
      };
    }
    read.push(number);
  }
  const [top = 0, size = 0, page = 0] = read;
  return { top, size, page };
}

function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
