import fc from 'fast-check';
import type { Operation } from '../../core/operation.ts';
import type { Column } from '../../core/table.ts';
import { exampleOperation } from '../../store/example.fixture.ts';

/** A filter as the tests make it; `written` puts it into words, `holds` evaluates it naively. */
export type Tree =
  | {
      readonly leaf: (typeof leaves)[number];
      readonly operator: string;
      readonly operand: string | number | null;
    }
  | { readonly leaf: 'text'; readonly operator: string; readonly operand: string }
  | { readonly join: 'and' | 'or'; readonly left: Tree; readonly right: Tree }
  | { readonly not: Tree };

const leaves = ['id', 'name', 'state', 'status', 'retries', 'created', 'ended'] as const;
/** The columns by the names of the tree. */
export const names: Readonly<Record<(typeof leaves)[number], string>> = {
  id: 'backgroundoperationid',
  name: 'name',
  state: 'backgroundoperationstatecode',
  status: 'backgroundoperationstatuscode',
  retries: 'retrycount',
  created: 'createdon',
  ended: 'endtime',
};
const wholeSeconds = (instant: number): number => Math.floor(instant / 1000) * 1000;

/** The columns that tests of the engine query; creation is shown in whole seconds, as Dataverse shows it. */
export const columns: readonly Column[] = [
  { name: names.id, type: 'guid', read: (row) => row.id },
  { name: names.name, type: 'string', read: (row) => row.name },
  { name: names.state, type: 'picklist', read: (row) => row.state },
  { name: names.status, type: 'picklist', read: (row) => row.status },
  { name: names.retries, type: 'integer', read: (row) => row.retryCount },
  { name: names.created, type: 'datetime', read: (row) => wholeSeconds(row.createdOn) },
  { name: names.ended, type: 'datetime', read: (row) => row.endTime ?? null },
];

const texts = ['Alpha', 'alpha', 'BETA', "o'neil", 'alp', ''];
/** A GUID for a number, ordered like it. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const pair = fc.constantFrom(
  { state: 0, status: 0 } as const,
  { state: 2, status: 20 } as const,
  { state: 2, status: 22 } as const,
  { state: 3, status: 30 } as const,
  { state: 3, status: 31 } as const,
);
const instant = fc.nat(8).map((step) => step * 500);
/** Tables of operations, mostly in the order of their creation. */
export const operations = fc
  .array(
    fc.record({
      codes: pair,
      name: fc.constantFrom(...texts),
      retryCount: fc.nat(3),
      gap: fc.constantFrom(0, 0, 500, -500),
      endTime: fc.option(instant, { nil: undefined }),
    }),
    { maxLength: 30 },
  )
  .map((list) => {
    let createdOn = 1000;
    return list.map(({ codes, gap, ...rest }, index) => {
      createdOn += index % 7 === 6 ? gap : Math.abs(gap);
      return exampleOperation({ ...rest, ...codes, createdOn, id: idOf(index * 7), sequence: index + 1 });
    });
  });

const compareOperator = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.record({ leaf: fc.constant('id' as const), operator: compareOperator, operand: fc.nat(210).map(idOf) }),
  fc.record({
    leaf: fc.constant('name' as const),
    operator: compareOperator,
    operand: fc.constantFrom(...texts, null),
  }),
  fc.record({
    leaf: fc.constant('text' as const),
    operator: fc.constantFrom('contains', 'startswith', 'endswith'),
    operand: fc.constantFrom('al', 'A', "'", ''),
  }),
  fc.record({
    leaf: fc.constantFrom('state' as const, 'status' as const, 'retries' as const),
    operator: compareOperator,
    operand: fc.constantFrom(0, 1, 2, 3, 20, 30, 31, -1, null),
  }),
  fc.record({
    leaf: fc.constantFrom('created' as const, 'ended' as const),
    operator: compareOperator,
    operand: fc.oneof(instant, fc.constant(null)),
  }),
);
/** Filters of any shape. */
export const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      join: fc.constantFrom('and' as const, 'or' as const),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

/** A filter in the words of `$filter`. */
export function written(node: Tree): string {
  if ('not' in node) return `not (${written(node.not)})`;
  if ('join' in node) return `(${written(node.left)}) ${node.join} (${written(node.right)})`;
  const { leaf: column, operator, operand } = node;
  const quoted = `'${String(operand).replaceAll("'", "''")}'`;
  if (column === 'text') return `${operator}(name,${quoted})`;
  const isText = column === 'name' && operand !== null;
  const isInstant = (column === 'created' || column === 'ended') && typeof operand === 'number';
  const literal = isInstant ? new Date(operand).toISOString() : String(operand);
  return `${names[column]} ${operator} ${isText ? quoted : literal}`;
}

/** Whether a row satisfies a filter: the second opinion, which shares no code with the engine. */
export function holds(node: Tree, row: Operation): boolean {
  if ('not' in node) return !holds(node.not, row);
  if ('join' in node) {
    const left = holds(node.left, row);
    return node.join === 'and' ? left && holds(node.right, row) : left || holds(node.right, row);
  }
  const operand = typeof node.operand === 'string' ? node.operand.toLowerCase() : node.operand;
  if (node.leaf === 'text') {
    const name = row.name.toLowerCase();
    const at =
      node.operator === 'endswith' ? name.lastIndexOf(String(operand)) : name.indexOf(String(operand));
    if (at < 0) return false;
    if (node.operator === 'startswith') return at === 0;
    return node.operator === 'contains' || at === name.length - String(operand).length;
  }
  const value = cell(row, node.leaf);
  if (node.operator === 'eq') return value === operand;
  if (node.operator === 'ne') return value !== operand;
  if (value === null || operand === null) return false;
  const sign = value < operand ? -1 : Number(value > operand);
  return { gt: sign > 0, ge: sign >= 0, lt: sign < 0, le: sign <= 0 }[node.operator] ?? false;
}

function cell(row: Operation, name: (typeof leaves)[number]): string | number | null {
  switch (name) {
    case 'id':
      return row.id;
    case 'name':
      return row.name.toLowerCase();
    case 'state':
      return row.state;
    case 'status':
      return row.status;
    case 'retries':
      return row.retryCount;
    case 'created':
      return wholeSeconds(row.createdOn);
    case 'ended':
      return row.endTime ?? null;
  }
}

/** One column of an order. */
export interface Ordering {
  readonly by: (typeof leaves)[number];
  readonly descending: boolean;
}

/** Values of `$orderby`. */
export const orderings = fc.uniqueArray(
  fc.record({ by: fc.constantFrom(...leaves), descending: fc.boolean() }),
  {
    maxLength: 3,
    selector: ({ by }) => by,
  },
);

/** Rows in an order, ties by sequence in the direction of its last column. */
export function inOrder(rows: readonly Operation[], order: readonly Ordering[]): Operation[] {
  return rows.toSorted((a, b) => {
    for (const { by, descending } of order) {
      const [left, right] = [cell(a, by), cell(b, by)];
      if (left === right) continue;
      const first = left === null || (right !== null && left < right);
      return first === descending ? 1 : -1;
    }
    return order.at(-1)?.descending ? b.sequence - a.sequence : a.sequence - b.sequence;
  });
}
