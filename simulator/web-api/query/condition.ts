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
  | { readonly kind: 'constant'; readonly value: boolean }
  /** What no index helps with: two columns compared, rows of another table. */
  | { readonly kind: 'row'; readonly accepts: (row: Row) => boolean };

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

/** Two columns of a row compared: where one is null, nothing but `ne` is true. */
export function columnComparison<Row>(
  left: Column<Row>,
  operator: Operator,
  right: Column<Row>,
): Condition<Row> {
  const [first, second] = [reader(left), reader(right)];
  return {
    kind: 'row',
    accepts: (row) => {
      const [one, other] = [first(row), second(row)];
      if (one === null || other === null) return operator === 'ne' && one !== other;
      return accepting(operator, other)(one);
    },
  };
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

/** Turns a condition into a function of the row, which reads a cell once however many tests it has to pass. */
export function predicate<Row>(condition: Condition<Row>): (row: Row) => boolean {
  const readers = new Map<Column<Row>, (row: Row) => Comparable>();
  const readerOf = (column: Column<Row>) => {
    const known = readers.get(column) ?? remembering(reader(column));
    readers.set(column, known);
    return known;
  };
  const decider = (part: Condition<Row>): ((row: Row) => boolean) => {
    switch (part.kind) {
      case 'test': {
        const read = readerOf(part.column);
        const { accepts } = part;
        return (row) => accepts(read(row));
      }
      case 'not': {
        const inner = decider(part.part);
        return (row) => !inner(row);
      }
      case 'constant':
        return () => part.value;
      case 'row':
        return part.accepts;
      case 'and': {
        const parts = part.parts.map(decider);
        return (row) => parts.every((each) => each(row));
      }
      case 'or': {
        const parts = part.parts.map(decider);
        return (row) => parts.some((each) => each(row));
      }
    }
  };
  return decider(condition);
}

/** Reads the cell of a row once, as long as it is asked for the same row. */
function remembering<Row>(read: (row: Row) => Comparable): (row: Row) => Comparable {
  let last: Row | undefined;
  let cell: Comparable = null;
  return (row) => {
    if (row !== last) {
      cell = read(row);
      last = row;
    }
    return cell;
  };
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
