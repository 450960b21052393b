import { asComparable } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { membership, textTest } from './condition.ts';
import type { Condition, TextFunction } from './condition.ts';
import { literalForIn, operandFor } from './literal.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import { findColumn } from './schema.ts';
import type { Schema } from './schema.ts';
import type { Term } from './term.ts';

/** An argument of a call: a term or an array as written; `name` counts where arguments are named. */
export type Argument<Row> =
  { readonly name: string; readonly term: Term<Row> } | { readonly name: string; readonly json: string };

const textFunctions: ReadonlySet<string> = new Set<TextFunction>(['contains', 'startswith', 'endswith']);
const dataversePrefix = 'Microsoft.Dynamics.CRM.';

/** Whether a function is one of Dataverse's own, whose arguments are named. */
export function callsDataverse(name: string): boolean {
  return name.startsWith(dataversePrefix);
}

/**
 * The condition that a call stands for. Errors: an unknown function, arguments that do not fit;
 * NotImplemented for Dataverse's other query functions.
 */
export function callFunction<Row>(
  name: string,
  args: readonly Argument<Row>[],
  schema: Schema<Row>,
): InputResult<Condition<Row>> {
  if (isTextFunction(name)) return callText(name, args);
  if (name === `${dataversePrefix}In`) return callIn(args, schema);
  return failure(
    callsDataverse(name) ? problems.notImplementedFunction(name) : problems.unknownFunction(name),
  );
}

function isTextFunction(name: string): name is TextFunction {
  return textFunctions.has(name);
}

function callText<Row>(name: TextFunction, args: readonly Argument<Row>[]): InputResult<Condition<Row>> {
  const [first, second] = args;
  if (args.length !== 2 || !first || !second || !('term' in first) || !('term' in second)) {
    return failure(problems.signature(name));
  }
  const column = first.term.kind === 'column' ? first.term.column : undefined;
  const literal = second.term.kind === 'literal' ? second.term.literal : undefined;
  if (column && second.term.kind === 'column') return failure(problems.columnComparison());
  if (!column || (column.type !== 'string' && column.type !== 'memo'))
    return failure(problems.signature(name));
  // Nothing contains null: OData's answer is null, which selects no row.
  if (literal?.type === 'null') return success({ kind: 'constant', value: false });
  if (literal?.type !== 'string') return failure(problems.signature(name));
  return success(textTest(column, name, String(asComparable(column.type, literal.value))));
}

function callIn<Row>(args: readonly Argument<Row>[], schema: Schema<Row>): InputResult<Condition<Row>> {
  const property = args.find((argument) => argument.name === 'PropertyName');
  const values = args.find((argument) => argument.name === 'PropertyValues');
  if (args.length !== 2 || !property || !('term' in property) || !values || !('json' in values)) {
    return failure(problems.inSignature());
  }
  const { term } = property;
  if (term.kind !== 'literal' || term.literal.type !== 'string') return failure(problems.inSignature());
  const found = findColumn(schema, term.literal.value);
  if (!found.ok) return found;
  const column = found.value;
  const list = parseArray(values.json);
  if (!list) return failure(problems.inSignature());
  const operands: Comparable[] = [];
  for (const value of list) {
    const literal = value === null ? ({ type: 'null', value: null } as const) : literalForIn(column, value);
    const operand = literal && operandFor(column, literal);
    if (operand === undefined) return failure(problems.inValue(String(value), column.name));
    operands.push(operand);
  }
  return success(membership(column, operands));
}

/** The members of a JSON array as texts, numbers as they are written; undefined if it is no such array. */
function parseArray(json: string): (string | null)[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
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
