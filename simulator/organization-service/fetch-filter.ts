import type { Column } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';
import { errors } from '../web-api/errors.ts';
import { isDateCondition } from '../web-api/query/date-spans.ts';
import { problems } from '../web-api/query/problem.ts';
import { serviceErrors } from './errors.ts';
import type { QueriedTable } from './queried-table.ts';
import type { Written } from './query-conditions.ts';
import { comparisons, writeComparison } from './query-conditions.ts';
import { columnOf } from './rows.ts';
import type { XmlElement } from './xml-element.ts';

/** The operators of FetchXML, by what a `ConditionExpression` calls them. */
const operators: ReadonlyMap<string, string> = new Map([
  ['eq', 'Equal'],
  ['ne', 'NotEqual'],
  ['neq', 'NotEqual'],
  ['gt', 'GreaterThan'],
  ['ge', 'GreaterEqual'],
  ['lt', 'LessThan'],
  ['le', 'LessEqual'],
  ['like', 'Like'],
  ['not-like', 'NotLike'],
  ['in', 'In'],
  ['not-in', 'NotIn'],
  ['between', 'Between'],
  ['not-between', 'NotBetween'],
  ['null', 'Null'],
  ['not-null', 'NotNull'],
  ['begins-with', 'BeginsWith'],
  ['not-begin-with', 'DoesNotBeginWith'],
  ['ends-with', 'EndsWith'],
  ['not-end-with', 'DoesNotEndWith'],
  ['eq-userid', 'EqualUserId'],
  ['ne-userid', 'NotEqualUserId'],
  ['last-seven-days', 'Last7Days'],
  ['next-seven-days', 'Next7Days'],
]);

/** The name of a condition on dates in the SDK: `last-x-hours` is `LastXHours`, `olderthan-x-days` `OlderThanXDays`. */
function dateOperator(operator: string): string | undefined {
  const name = operator
    .replace(/^olderthan-/, 'older-than-')
    .replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return isDateCondition(name) ? name : undefined;
}

/** The `$filter` of a `filter` element with all that it nests; an empty text for one without conditions. */
export function readFetchFilter(call: Call, table: QueriedTable, filter: XmlElement): Written {
  const parts: string[] = [];
  for (const child of filter.children) {
    if (child.local !== 'condition' && child.local !== 'filter') {
      return { error: errors.invalidArgument('Invalid FetchXML: a filter has conditions and filters only.') };
    }
    const nested = child.local === 'filter';
    const part = nested ? readFetchFilter(call, table, child) : readCondition(call, table, child);
    if (part.error !== undefined) return part;
    if (part.text !== '') parts.push(nested ? `(${part.text})` : part.text);
  }
  return { text: parts.join(filter.attributes?.type === 'or' ? ' or ' : ' and ') };
}

function readCondition(
  { user }: Call,
  table: QueriedTable,
  { attributes = {}, children }: XmlElement,
): Written {
  const { attribute = '', entityname = table.entity, operator = '', value, valueof } = attributes;
  if (entityname !== table.entity) return { error: problems.navigation() };
  const column = columnOf(table.columns, attribute);
  if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, attribute) };
  const known = operators.get(operator) ?? dateOperator(operator);
  if (known === undefined) return { error: serviceErrors.notServed(`the condition operator '${operator}'`) };
  if (valueof !== undefined) return compareColumns(table, column, known, valueof);
  const values = children.filter(({ local }) => local === 'value').map(({ text }) => text);
  return writeComparison(column, known, value === undefined ? values : [value], user.id);
}

/** A column compared with another one of the same row. */
function compareColumns(
  table: QueriedTable,
  column: Column<never>,
  operator: string,
  attribute: string,
): Written {
  if (table.elastic) return { error: problems.columnComparison() };
  const other = columnOf(table.columns, attribute);
  if (other === undefined) return { error: serviceErrors.noAttribute(table.entity, attribute) };
  const known = comparisons[operator];
  if (known === undefined)
    return { error: serviceErrors.notServed(`valueof with the operator '${operator}'`) };
  return { text: `${column.name} ${known} ${other.name}` };
}
