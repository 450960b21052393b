import type { Column } from '../../core/table.ts';
import { columnTypeName } from './comparable.ts';
import { columnComparison, comparison, flipped } from './condition.ts';
import type { Condition, Operator } from './condition.ts';
import { literalTypeName, operandFor } from './literal.ts';
import type { Literal } from './literal.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';

/** What an expression stands for before its place decides whether it fits. */
export type Term<Row> =
  | { readonly kind: 'column'; readonly column: Column<Row> }
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'condition'; readonly condition: Condition<Row> };

const operatorKinds: Readonly<Record<Operator, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** Whether a word is a comparison operator. */
export function isOperator(word: string): word is Operator {
  return Object.hasOwn(operatorKinds, word);
}

/** Columns of one kind can be compared: texts of either length, dates with and without a time, keys and lookups. */
function comparableTypes<Row>({ type }: Column<Row>): string {
  const kinds: Partial<Record<typeof type, string>> = { memo: 'string', date: 'datetime', lookup: 'guid' };
  return kinds[type] ?? type;
}

/** The name of a term's type in messages. */
export function termTypeName<Row>(term: Term<Row>): string {
  if (term.kind === 'column') return columnTypeName(term.column.type);
  return term.kind === 'literal' ? literalTypeName(term.literal) : 'Edm.Boolean';
}

/** A term where a condition is needed: itself, true and false, or a column of them. */
export function asCondition<Row>(term: Term<Row>): Condition<Row> | undefined {
  if (term.kind === 'condition') return term.condition;
  if (term.kind === 'literal' && term.literal.type === 'boolean') {
    return { kind: 'constant', value: term.literal.value };
  }
  if (term.kind === 'column' && term.column.type === 'boolean') return comparison(term.column, 'eq', 1);
  return undefined;
}

/**
 * Compares two terms: a column with a constant, or a condition with true or false.
 * Errors: two columns of an elastic table, two constants, types that do not go together.
 */
export function compareTerms<Row>(
  left: Term<Row>,
  operator: Operator,
  right: Term<Row>,
  elastic: boolean,
): InputResult<Condition<Row>> {
  if (left.kind === 'literal' && right.kind !== 'literal')
    return compareTerms(right, flipped[operator], left, elastic);
  if (left.kind === 'literal') return failure(problems.constantComparison());
  if (left.kind === 'column' && right.kind === 'column') {
    if (elastic) return failure(problems.columnComparison());
    if (comparableTypes(left.column) === comparableTypes(right.column))
      return success(columnComparison(left.column, operator, right.column));
  }
  if (right.kind === 'literal' && left.kind === 'column') {
    const operand = operandFor(left.column, right.literal);
    if (operand !== undefined) return success(comparison(left.column, operator, operand));
  }
  if (right.kind === 'literal' && left.kind === 'condition' && right.literal.type === 'boolean') {
    if (operator === 'eq' || operator === 'ne') {
      const same = right.literal.value === (operator === 'eq');
      return success(same ? left.condition : { kind: 'not', part: left.condition });
    }
  }
  return failure(problems.incompatible(termTypeName(left), termTypeName(right), operatorKinds[operator]));
}
