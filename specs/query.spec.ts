import fc from 'fast-check';
import { table } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import { forAll } from '../harness/property.ts';
import { Blocked, clause, eachByItself, expect, test } from '../harness/test.ts';
import { expectMatches } from '../scenarios/support/population-matches.ts';
import { populate, type MemberKind, type Member, type Population } from '../scenarios/support/population.ts';
import { anyOf, followPages, rowId, type RowPage } from '../scenarios/support/table-rows.ts';
import { expressions, holds, filterText, type Comparison } from './filter-expression.ts';

eachByItself();

const kinds: readonly MemberKind[] = [
  'succeeded',
  'retried',
  'failed',
  'canceled',
  'running',
  'canceling',
  'waiting',
];
const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

const numbers: fc.Arbitrary<Comparison> = fc.oneof(
  ...[
    { column: table.state, values: [0, 2, 3] },
    { column: table.status, values: [0, 20, 22, 30, 31, 32] },
    { column: 'retrycount', values: [0, 1, 2, 3] },
  ].map(({ column, values }) =>
    fc.record({
      column: fc.constant(column),
      operator: fc.constantFrom(...operators),
      value: fc.constantFrom(...values),
    }),
  ),
);

/** The comparisons on one population: numbers as above, and the own ids and moments of creation. */
function comparisonsOf(members: readonly Member[]): fc.Arbitrary<Comparison> {
  const member = fc.constantFrom(...members);
  return fc.oneof(
    { weight: 4, arbitrary: numbers },
    {
      weight: 1,
      arbitrary: fc
        .tuple(member, fc.constantFrom('eq' as const, 'ne' as const))
        .map(([{ id }, operator]) => ({ column: table.key, operator, value: id })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          member,
          fc.constantFrom('gt' as const, 'lt' as const, 'ge' as const, 'le' as const),
          fc.constantFrom(-1_500, 1_500),
        )
        .map(([{ created }, operator, off]) => ({
          column: 'createdon',
          operator,
          value: new Date(created + off).toISOString(),
        })),
    },
  );
}

function orderOf(member: Member, { column, value }: Comparison): number {
  if (column === table.key) return member.id === value ? 0 : 1;
  if (column === 'createdon') return Math.sign(member.created - Date.parse(String(value)));
  return Math.sign(Number(member.row[column]) - Number(value));
}

/** Runs with a population of every kind, and the filter that gives just its rows. */
async function amongOwn(
  tools: CheckTools,
  use: (population: Population, own: string) => Promise<void>,
): Promise<void> {
  const population = await populate(tools, kinds, { asFarAsPossible: true });
  try {
    await use(population, anyOf(population.members.map(({ operation }) => operation)));
  } finally {
    population.release();
  }
}

const filterLaw = 'any $filter MUST return exactly the rows for which it holds';
test(
  filterLaw,
  clause('table.filter', { branch: 'any expression', needs: ['probe', 'table', 'clock'] }),
  async ({ tools }) => {
    await amongOwn(tools, (population, own) =>
      forAll(
        tools,
        filterLaw,
        expressions(comparisonsOf(population.members)),
        (expression) =>
          expectMatches(
            tools.client,
            population,
            `(${own}) and (${filterText(expression)})`,
            (member) => holds(expression, (comparison) => orderOf(member, comparison)),
            { alone: true },
          ),
        {
          script: (expression) => [
            `Query ${table.set} with $filter=(own rows) and (${filterText(expression)}).`,
          ],
        },
      ),
    );
  },
);

interface Asked {
  readonly orders: readonly (readonly [column: string, descending: boolean])[];
  readonly top: number | undefined;
  readonly size: number | undefined;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  orders: fc.uniqueArray(
    fc.tuple(fc.constantFrom<string>(table.state, table.status, 'retrycount', 'createdon'), fc.boolean()),
    {
      selector: ([column]) => column,
      minLength: 1,
      maxLength: 3,
    },
  ),
  top: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  size: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
});

function orderbyOf(orders: Asked['orders']): string {
  return orders.map(([column, descending]) => `${column} ${descending ? 'desc' : 'asc'}`).join(',');
}

function keyOf(member: Member, orders: Asked['orders']): string {
  return orders
    .map(([column]) => (column === 'createdon' ? member.created : Number(member.row[column])))
    .join(' ');
}

/** The keys of the rows on all pages, in the order of the answer. */
function keysOf(members: readonly Member[], pages: readonly RowPage[], orders: Asked['orders']): string[] {
  return pages
    .flatMap(({ rows }) => rows.map(rowId))
    .map((id) => members.find((member) => member.id === id))
    .map((member) => (member === undefined ? 'a foreign row' : keyOf(member, orders)));
}

function sorted(members: readonly Member[], orders: Asked['orders']): Member[] {
  const value = (member: Member, column: string): number =>
    column === 'createdon' ? member.created : Number(member.row[column]);
  return [...members].sort((one, other) => {
    for (const [column, descending] of orders) {
      const difference = value(one, column) - value(other, column);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

const orderLaw = 'any $orderby with $top SHOULD return the first rows in that order';
test(
  orderLaw,
  clause('table.order-top-count', { branch: 'any order', needs: ['probe', 'table', 'clock'] }),
  async ({ tools }) => {
    await amongOwn(tools, (population, own) =>
      forAll(
        tools,
        orderLaw,
        asked,
        async ({ orders, top }) => {
          const $orderby = orderbyOf(orders);
          const pages = await followPages(tools.client, {
            $select: table.key,
            $filter: own,
            $orderby,
            ...(top === undefined ? {} : { $top: String(top) }),
          });
          const ids = pages.flatMap(({ rows }) => rows.map(rowId));
          // Rows that are equal in every named column may stand in any order, so their keys are compared.
          const wanted = sorted(population.members, orders)
            .slice(0, top)
            .map((member) => keyOf(member, orders));
          expect(
            keysOf(population.members, pages, orders),
            `the rows by $orderby=${$orderby}${top === undefined ? '' : `&$top=${top}`}`,
          ).toEqual(wanted);
          expect(new Set(ids).size, 'the number of different rows').toBe(ids.length);
        },
        {
          share: 0.5,
          script: ({ orders, top }) => [
            `Query the own rows by ${orders.map(([column, descending]) => `${column}${descending ? ' descending' : ''}`).join(', then ')}${top === undefined ? '' : `, the first ${top}`}.`,
          ],
        },
      ),
    );
  },
);

const pageLaw = 'any page size SHOULD give every row once, in the order asked for';
test(
  pageLaw,
  clause('table.paging', { branch: 'any size', needs: ['probe', 'table', 'clock'] }),
  async ({ tools }) => {
    await amongOwn(tools, (population, own) =>
      forAll(
        tools,
        pageLaw,
        asked,
        async ({ orders, size = 2 }) => {
          const $orderby = orderbyOf(orders);
          const pages = await followPages(tools.client, { $select: table.key, $filter: own, $orderby }, [
            ['Prefer', `odata.maxpagesize=${size}`],
          ]);
          const ids = pages.flatMap(({ rows }) => rows.map(rowId));
          expect([...ids].sort(), `the rows of all pages of ${size}`).toEqual(
            population.members.map(({ id }) => id).sort(),
          );
          const whole = await followPages(tools.client, { $select: table.key, $filter: own, $orderby });
          const unpaged = keysOf(population.members, whole, orders);
          const wanted = sorted(population.members, orders).map((member) => keyOf(member, orders));
          if (unpaged.join() !== wanted.join())
            throw new Blocked('table.order-top-count', `without pages the order was ${unpaged.join(', ')}`);
          expect(
            keysOf(population.members, pages, orders),
            `the rows of all pages of ${size} by $orderby=${$orderby}`,
          ).toEqual(wanted);
          expect(
            pages.every(({ rows }) => rows.length <= size),
            `whether no page has more than ${size} rows`,
          ).toBe(true);
        },
        {
          share: 0.5,
          script: ({ orders, size = 2 }) => [
            `Query the own rows by ${orders.map(([column]) => column).join(', ')} in pages of ${size}.`,
          ],
        },
      ),
    );
  },
);
