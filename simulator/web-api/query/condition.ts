import type { Column } from '../../core/table.ts';
import { compare, reader } from './comparable.ts';
import type { Comparable } from './comparable.ts';

/** A comparison operator of `$filter`. */
export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A text function of `$filter`. */
export type TextFunction = 'contains' | 'startswith' | 'endswith';

/** A condition on the cell of one column, the only kind of leaf; `accepts` decides it. */
export interface Test<Row> {
  readonly kind: 'test';
  readonly column: Column<Row>;
  readonly operator: Operator | TextFunction | 'in';
  /** What the cell is compared with: one, or for `in` any number. */
  readonly operands: readonly Comparable[];
  readonly accepts: (cell: Comparable) => boolean;
}

/** A parsed `$filter`. Two-valued: a comparison with null is false, except by eq and ne. */
export type Condition<Row> =
  | Test<Row>
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition<Row>[] }
  | { readonly kind: 'not'; readonly part: Condition<Row> }
  | { readonly kind: 'constant'; readonly value: boolean };

/** The operator that says the same with the sides exchanged. */
export const flipped: Readonly<Record<Operator, Operator>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

/** A column compared with a constant. */
export function comparison<Row>(column: Column<Row>, operator: Operator, operand: Comparable): Test<Row> {
  return { kind: 'test', column, operator, operands: [operand], accepts: accepting(operator, operand) };
}

/** A column whose value is one of several. */
export function membership<Row>(column: Column<Row>, operands: readonly Comparable[]): Test<Row> {
  const set = new Set(operands);
  return { kind: 'test', column, operator: 'in', operands, accepts: (cell) => set.has(cell) };
}

/** A text column that contains, starts or ends with a text (given in comparable form). */
export function textTest<Row>(column: Column<Row>, name: TextFunction, operand: string): Test<Row> {
  const accepts = (cell: Comparable): boolean => {
    if (typeof cell !== 'string') return false;
    if (name === 'contains') return cell.includes(operand);
    return name === 'startswith' ? cell.startsWith(operand) : cell.endsWith(operand);
  };
  return { kind: 'test', column, operator: name, operands: [operand], accepts };
}

/** Turns a condition into a function of the row. */
export function predicate<Row>(condition: Condition<Row>): (row: Row) => boolean {
  switch (condition.kind) {
    case 'test': {
      const read = reader(condition.column);
      const { accepts } = condition;
      return (row) => accepts(read(row));
    }
    case 'not': {
      const part = predicate(condition.part);
      return (row) => !part(row);
    }
    case 'constant':
      return () => condition.value;
    case 'and': {
      const parts = condition.parts.map(predicate);
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = condition.parts.map(predicate);
      return (row) => parts.some((part) => part(row));
    }
  }
}

function accepting(operator: Operator, operand: Comparable): (cell: Comparable) => boolean {
  switch (operator) {
    case 'eq':
      return (cell) => compare(cell, operand) === 0;
    case 'ne':
      return (cell) => compare(cell, operand) !== 0;
    case 'gt':
      return (cell) => cell !== null && operand !== null && cell > operand;
    case 'ge':
      return (cell) => cell !== null && operand !== null && cell >= operand;
    case 'lt':
      return (cell) => cell !== null && operand !== null && cell < operand;
    case 'le':
      return (cell) => cell !== null && operand !== null && cell <= operand;
  }
}
