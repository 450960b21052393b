import { table } from '../../contract/vocabulary.ts';
import type { Column, ColumnType } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { countsUnits, isDateCondition, needsDate, unitsIn } from '../web-api/query/date-spans.ts';
import { problems } from '../web-api/query/problem.ts';
import { serviceErrors } from './errors.ts';
import { columnOf } from './rows.ts';
import { scalars } from './scalars.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText } from './xml-reader.ts';

/** A part of a query as the Web API's `$filter` has it, or why it is not served. */
export type Written =
  { readonly text: string; readonly error?: never } | { readonly error: ApiError; readonly text?: never };

/** The `$filter` of a `FilterExpression`; an empty text for one without conditions. */
export function writeFilter(call: Call, filter: XmlElement | undefined): Written {
  const parts: string[] = [];
  for (const condition of childOf(filter, 'a', 'Conditions')?.children ?? []) {
    const part = writeCondition(call, condition);
    if (part.error !== undefined) return part;
    parts.push(part.text);
  }
  for (const inner of childOf(filter, 'a', 'Filters')?.children ?? []) {
    const part = writeFilter(call, inner);
    if (part.error !== undefined) return part;
    if (part.text !== '') parts.push(`(${part.text})`);
  }
  const operator = childText(filter, 'a', 'FilterOperator') === 'Or' ? ' or ' : ' and ';
  return { text: parts.join(operator) };
}

function writeCondition(call: Call, condition: XmlElement): Written {
  const entity = childText(condition, 'a', 'EntityName');
  if (entity !== undefined && entity !== table.entity) return { error: problems.navigation() };
  if (childText(condition, 'a', 'CompareColumns') === 'true') return { error: problems.columnComparison() };
  const name = childText(condition, 'a', 'AttributeName') ?? '';
  const column = columnOf(call.world.columns, name);
  if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, name) };
  const operator = childText(condition, 'a', 'Operator') ?? 'Equal';
  const values = childOf(condition, 'a', 'Values')?.children ?? [];
  return writeComparison(column, operator, values.map(plainText), call.user.id);
}

/** A value's text, whatever its type; an option set value and a reference carry theirs inside. */
function plainText(value: XmlElement): string {
  return childText(value, 'a', 'Value') ?? childText(value, 'a', 'Id') ?? value.text;
}

/** The operators that compare a column with one value or with another column, and how `$filter` calls them. */
export const comparisons: Readonly<Record<string, string>> = {
  Equal: 'eq',
  NotEqual: 'ne',
  GreaterThan: 'gt',
  GreaterEqual: 'ge',
  LessThan: 'lt',
  LessEqual: 'le',
};

const textFunctions: Readonly<Record<string, readonly [name: string, negated: boolean]>> = {
  BeginsWith: ['startswith', false],
  DoesNotBeginWith: ['startswith', true],
  EndsWith: ['endswith', false],
  DoesNotEndWith: ['endswith', true],
};

/** One condition; `values` are the texts that it compares with. */
export function writeComparison(
  column: Column<never>,
  operator: string,
  values: readonly string[],
  userId: string,
): Written {
  const { name } = column;
  const literals = values.map((value) => literalOf(column.type, value));
  const wrong = literals.some((literal) => literal === undefined);
  const [first, second] = literals;
  const [firstText = ''] = values;
  if (operator === 'Null' || operator === 'NotNull') {
    return { text: `${name} ${operator === 'Null' ? 'eq' : 'ne'} null` };
  }
  if (operator === 'EqualUserId' || operator === 'NotEqualUserId') {
    return writeComparison(column, operator.replace('UserId', ''), [userId], userId);
  }
  if (operator === 'Like' || operator === 'NotLike') return like(name, firstText, operator === 'NotLike');
  if (isDateCondition(operator)) return onDate(column, operator, firstText.trim());
  const textFunction = textFunctions[operator];
  if (textFunction !== undefined) return textTest(name, textFunction[0], firstText, textFunction[1]);
  const known = comparisons[operator] ?? /^(Not)?(In|Between)$/.exec(operator)?.[2];
  if (known === undefined) return { error: serviceErrors.notServed(`the condition operator '${operator}'`) };
  if (wrong || first === undefined) return { error: serviceErrors.wrongValue(name, column.type) };
  const negated = operator.startsWith('Not') && (known === 'In' || known === 'Between');
  if (known === 'In') {
    // As one function it is one condition, however many values it has.
    const list = values.map((value, index) =>
      JSON.stringify(['string', 'memo'].includes(column.type) ? value : literals[index]),
    );
    const asked = negated ? 'NotIn' : 'In';
    return {
      text: `Microsoft.Dynamics.CRM.${asked}(PropertyName='${name}',PropertyValues=[${list.join(',')}])`,
    };
  }
  if (known === 'Between') {
    if (second === undefined) return { error: serviceErrors.wrongValue(name, column.type) };
    const text = `(${name} ge ${first} and ${name} le ${second})`;
    return { text: negated ? `not ${text}` : text };
  }
  return { text: `${name} ${known} ${first}` };
}

/** A condition on dates is a function of the Web API with the same name. */
function onDate({ name, type }: Column<never>, operator: string, value: string): Written {
  const counts = countsUnits(operator);
  const given = counts ? unitsIn(value)?.toString() : needsDate(operator) ? instantIn(value) : '';
  if (given === undefined || (type !== 'datetime' && type !== 'date'))
    return { error: serviceErrors.wrongValue(name, type) };
  const argument = given === '' ? '' : `,PropertyValue='${given}'`;
  return { text: `Microsoft.Dynamics.CRM.${operator}(PropertyName='${name}'${argument})` };
}

/** A date, or a date and a time with a `T` or a space between them, as an instant; UTC where no zone is told. */
function instantIn(text: string): string | undefined {
  const [, day, time = '00:00:00', zone = ''] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  return scalars.dateTime.read(`${day}T${/^\d\d:\d\d$/.test(time) ? `${time}:00` : time}${zone}`);
}

/** A pattern with `%` at its ends only: others are not served. */
function like(name: string, pattern: string, negated: boolean): Written {
  const [, before = '', text = '', after = ''] = /^(%?)(.*?)(%?)$/s.exec(pattern) ?? [];
  if (/[%_[]/.test(text)) return { error: serviceErrors.notServed(`the pattern '${pattern}'`) };
  const inside = before === '%' ? (after === '%' ? 'contains' : 'endswith') : 'startswith';
  if (before === '' && after === '') return { text: `${name} ${negated ? 'ne' : 'eq'} ${quoted(text)}` };
  return textTest(name, inside, text, negated);
}

function textTest(name: string, test: string, text: string, negated: boolean): Written {
  return { text: `${negated ? 'not ' : ''}${test}(${name},${quoted(text)})` };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value as `$filter` writes it for a column; undefined if it does not fit. */
function literalOf(type: ColumnType, text: string): string | undefined {
  const trimmed = text.trim();
  const read = (kind: 'guid' | 'long' | 'boolean') => {
    const value = scalars[kind].read(trimmed);
    return value === undefined ? undefined : scalars[kind].write(value);
  };
  switch (type) {
    case 'string':
    case 'memo':
      return quoted(text);
    case 'guid':
    case 'lookup':
      return read('guid');
    case 'integer':
    case 'picklist':
    case 'bigint':
      return read('long');
    case 'date':
    case 'datetime': {
      const instant = instantIn(trimmed);
      return instant === undefined ? undefined : scalars.dateTime.write(instant);
    }
    case 'boolean':
      return read('boolean');
  }
}
