import { table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { compare, reader } from '../web-api/query/comparable.ts';
import type { Comparable } from '../web-api/query/comparable.ts';
import type { Condition, Test } from '../web-api/query/condition.ts';
import { intersection, nothing, range, union } from './cursor.ts';
import type { Cursor } from './cursor.ts';

/** What the store can look up without reading rows. All give at least the slots that match. */
export interface Indexes {
  /** The slot of an id, -1 if unknown. */
  slotOf(id: string): number;
  /** Slots by value, for the columns that are indexed so; undefined for others. */
  byValue(column: string, accepts: (cell: Comparable) => boolean): Cursor | undefined;
  /** Whether the order of slots is that of creation times. */
  readonly createdInOrder: boolean;
  /** The first slot whose operation has passed a point that all later ones have passed too. */
  firstPassed(passed: (operation: Operation) => boolean): number;
  /** Slots in use. */
  readonly end: number;
}

/**
 * The candidates of a condition, found through the indexes; undefined if only a look at every row
 * can tell. Negations are pushed down to the tests.
 */
export function narrow(
  condition: Condition<Operation>,
  indexes: Indexes,
  negated = false,
): Cursor | undefined {
  switch (condition.kind) {
    case 'constant':
      return condition.value === negated ? nothing : undefined;
    case 'not':
      return narrow(condition.part, indexes, !negated);
    case 'test':
      return narrowTest(condition, indexes, negated);
    case 'row':
      return undefined;
    default:
      return combine(
        condition.parts.map((part) => narrow(part, indexes, negated)),
        (condition.kind === 'and') !== negated,
      );
  }
}

/** How often a search may ask a set at each row; beyond that the row itself is asked sooner. */
const mostWeight = 1024;

function combine(parts: readonly (Cursor | undefined)[], all: boolean): Cursor | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (all) return known.length > 0 ? intersection(lightest(known)) : undefined;
  if (known.length < parts.length) return undefined;
  const either = union(known);
  return either.weight <= mostWeight ? either : undefined;
}

/** As many of the parts as may be asked, those of the fewest sets first: leaving out parts finds more, never less. */
function lightest(parts: readonly Cursor[]): Cursor[] {
  let weight = 0;
  return parts
    .toSorted((a, b) => a.weight - b.weight)
    .filter((part, at) => {
      weight += part.weight;
      return at === 0 || weight <= mostWeight;
    });
}

function narrowTest(test: Test<Operation>, indexes: Indexes, negated: boolean): Cursor | undefined {
  const { column, operator, operands, accepts } = test;
  if (column.name === table.key) {
    if (negated || (operator !== 'eq' && operator !== 'in')) return undefined;
    return union(operands.map((id) => single(indexes.slotOf(String(id)))));
  }
  if (column.name === 'createdon') return negated ? undefined : narrowCreated(test, indexes);
  return indexes.byValue(column.name, (cell) => accepts(cell) !== negated);
}

function single(slot: number): Cursor {
  return range(slot, slot < 0 ? slot : slot + 1);
}

/** The column may show creation more coarsely than the record has it, so its own reading is what counts. */
function narrowCreated(
  { column, operator, operands }: Test<Operation>,
  indexes: Indexes,
): Cursor | undefined {
  const moment = operands[0];
  if (typeof moment !== 'number' || !indexes.createdInOrder) return undefined;
  const read = reader(column);
  const from = (): number => indexes.firstPassed((operation) => compare(read(operation), moment) >= 0);
  const after = (): number => indexes.firstPassed((operation) => compare(read(operation), moment) > 0);
  switch (operator) {
    case 'eq':
      return range(from(), after());
    case 'gt':
      return range(after(), indexes.end);
    case 'ge':
      return range(from(), indexes.end);
    case 'lt':
      return range(0, from());
    case 'le':
      return range(0, after());
    default:
      return undefined;
  }
}
