import type { Column } from '../../core/table.ts';
import { strictJson } from '../../http/lenient-json.ts';
import type { Comparable } from './comparable.ts';
import { comparison, membership } from './condition.ts';
import type { Condition } from './condition.ts';
import { countsUnits, isDateCondition, needsDate, spanOf, spanOfDay, unitsIn } from './date-spans.ts';
import type { TimeSpan } from './date-spans.ts';
import { literalForIn, literalOf, operandFor } from './literal.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult, Problem } from './problem.ts';
import { findColumn } from './schema.ts';
import type { Schema } from './schema.ts';
import type { Term } from './term.ts';

/** An argument of a call: a term or an array as written; `name` counts where arguments are named. */
export type Argument<Row> =
  { readonly name: string; readonly term: Term<Row> } | { readonly name: string; readonly json: string };

/** The functions that take a list, and what they are the opposite of. */
const listFunctions: Readonly<Record<string, { readonly of: 'In' | 'Between'; readonly negated: boolean }>> =
  {
    In: { of: 'In', negated: false },
    NotIn: { of: 'In', negated: true },
    Between: { of: 'Between', negated: false },
    NotBetween: { of: 'Between', negated: true },
  };

/**
 * The condition that a call of one of Dataverse's query functions stands for, by its name without
 * `Microsoft.Dynamics.CRM.`. Errors: arguments that do not fit; NotImplemented for those that are not served.
 */
export function callDataverse<Row>(
  name: string,
  args: readonly Argument<Row>[],
  schema: Schema<Row>,
): InputResult<Condition<Row>> {
  const list = listFunctions[name];
  if (list !== undefined) return callWithList(name, list, args, schema);
  const { moment } = schema;
  if (moment !== undefined && /^(Not)?EqualUserId$/.test(name))
    return callWithUser(name, moment.userId, args, schema);
  const takesValue = countsUnits(name) || needsDate(name);
  if (moment === undefined || !isDateCondition(name))
    return failure(problems.notImplementedFunction(`Microsoft.Dynamics.CRM.${name}`));
  return callWithDate(name, moment.now, takesValue, args, schema);
}

/** The column that `PropertyName` names, where there are so many arguments in all; else this problem. */
function propertyOf<Row>(
  args: readonly Argument<Row>[],
  count: number,
  schema: Schema<Row>,
  problem: Problem,
): InputResult<Column<Row>> {
  const property = args.find((argument) => argument.name === 'PropertyName');
  const wrong = failure(problem);
  if (args.length !== count || property === undefined || !('term' in property)) return wrong;
  const { term } = property;
  if (term.kind !== 'literal' || term.literal.type !== 'string') return wrong;
  return findColumn(schema, term.literal.value);
}

function callWithList<Row>(
  name: string,
  { of, negated }: { readonly of: 'In' | 'Between'; readonly negated: boolean },
  args: readonly Argument<Row>[],
  schema: Schema<Row>,
): InputResult<Condition<Row>> {
  const values = args.find((argument) => argument.name === 'PropertyValues');
  const found = propertyOf(args, 2, schema, problems.inSignature(name));
  if (!found.ok) return found;
  const column = found.value;
  const list = values !== undefined && 'json' in values ? parseArray(values.json) : undefined;
  if (!list) return failure(problems.inSignature(name));
  const operands: Comparable[] = [];
  for (const value of list) {
    const literal = value === null ? ({ type: 'null', value: null } as const) : literalForIn(column, value);
    const operand = literal && operandFor(column, literal);
    if (operand === undefined) return failure(problems.inValue(String(value), column.name));
    operands.push(operand);
  }
  const [least, greatest, ...more] = operands;
  if (of === 'In') return success(not(membership(column, operands), negated));
  if (least === undefined || greatest === undefined || more.length > 0)
    return failure(problems.inSignature(name));
  const parts = [comparison(column, 'ge', least), comparison(column, 'le', greatest)];
  return success(not({ kind: 'and', parts }, negated));
}

function callWithUser<Row>(
  name: string,
  userId: string,
  args: readonly Argument<Row>[],
  schema: Schema<Row>,
): InputResult<Condition<Row>> {
  const wanted = { ...schema, columns: withLookups(schema) };
  const named = propertyOf(args, 1, wanted, problems.namedArguments(name, 1));
  if (!named.ok) return named;
  const { type } = named.value;
  if (type !== 'lookup' && type !== 'guid') return failure(problems.inValue(userId, named.value.name));
  return success(comparison(named.value, name === 'EqualUserId' ? 'eq' : 'ne', userId.toLowerCase()));
}

/** Lookups by the name of their attribute, too. */
function withLookups<Row>({ columns }: Schema<Row>): Schema<Row>['columns'] {
  const lookups = [...columns].flatMap(([name, column]): [string, Column<Row>][] => {
    const [, attribute] = /^_(.+)_value$/.exec(name) ?? [];
    return attribute === undefined ? [] : [[attribute, column]];
  });
  return new Map([...lookups, ...columns]);
}

function callWithDate<Row>(
  name: string,
  now: number,
  takesValue: boolean,
  args: readonly Argument<Row>[],
  schema: Schema<Row>,
): InputResult<Condition<Row>> {
  const wrong = problems.namedArguments(name, takesValue ? 2 : 1);
  const found = propertyOf(args, takesValue ? 2 : 1, schema, wrong);
  if (!found.ok) return found;
  const column = found.value;
  const text = takesValue ? valueIn(args) : '';
  if (text === undefined) return failure(wrong);
  const span = spanFor(name, now, text);
  if (span === undefined || (column.type !== 'datetime' && column.type !== 'date'))
    return failure(problems.inValue(text === '' ? name : text, column.name));
  const { from, before } = span;
  const parts = [
    ...(from === undefined ? [] : [comparison(column, 'ge', from)]),
    ...(before === undefined ? [] : [comparison(column, 'lt', before)]),
  ];
  return success(not({ kind: 'and', parts }, name.startsWith('Not')));
}

function spanFor(name: string, now: number, text: string): TimeSpan | undefined {
  if (countsUnits(name)) {
    const count = unitsIn(text);
    return count === undefined ? undefined : spanOf(name, now, count);
  }
  if (text === '') return spanOf(name, now);
  const date = literalOf(text);
  return date?.type === 'date' || date?.type === 'datetime'
    ? spanOfDay(name.replace(/^Not/, ''), date.value)
    : undefined;
}

/** `PropertyValue` as a text, quoted or not. */
function valueIn<Row>(args: readonly Argument<Row>[]): string | undefined {
  const value = args.find((argument) => argument.name === 'PropertyValue');
  if (value === undefined || !('term' in value) || value.term.kind !== 'literal') return undefined;
  const { literal } = value.term;
  if (literal.type === 'date' || literal.type === 'datetime') return new Date(literal.value).toISOString();
  return literal.type === 'string' || literal.type === 'integer' ? String(literal.value) : undefined;
}

function not<Row>(part: Condition<Row>, negated: boolean): Condition<Row> {
  return negated ? { kind: 'not', part } : part;
}

/** The members of a JSON array as texts, numbers as they are written; texts may stand between apostrophes; undefined if it is no such array. */
function parseArray(json: string): (string | null)[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(strictJson(json));
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const members: (string | null)[] = [];
  for (const member of value as unknown[]) {
    if (member !== null && typeof member !== 'string' && typeof member !== 'number') return undefined;
    members.push(member === null ? null : String(member));
  }
  return members;
}
