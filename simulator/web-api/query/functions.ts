import { asComparable } from './comparable.ts';
import { textTest } from './condition.ts';
import type { Condition, TextFunction } from './condition.ts';
import { callDataverse } from './dataverse-functions.ts';
import type { Argument } from './dataverse-functions.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import type { Schema } from './schema.ts';

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
  if (!callsDataverse(name)) return failure(problems.unknownFunction(name));
  return callDataverse(name.slice(dataversePrefix.length), args, schema);
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
