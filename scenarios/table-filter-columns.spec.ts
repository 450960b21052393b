import type { Need } from '../contract/clause.ts';
import { table } from '../contract/vocabulary.ts';
import { show } from '../harness/expect.ts';
import { Blocked, clause, test } from '../harness/test.ts';
import { expectMatches } from './support/population-matches.ts';
import { populate, type MemberKind, type Member } from './support/population.ts';
import { askedAtOnce } from './support/asked-at-once.ts';
import { anyOf, collectionPath } from './support/table-rows.ts';

/** The comparison operators, on numbers. */
const operators = {
  eq: (one: number, other: number) => one === other,
  ne: (one: number, other: number) => one !== other,
  gt: (one: number, other: number) => one > other,
  ge: (one: number, other: number) => one >= other,
  lt: (one: number, other: number) => one < other,
  le: (one: number, other: number) => one <= other,
} as const;

interface ColumnCase {
  readonly column: string;
  /** Compared with; some have more or fewer digits, since numbers are not to be compared as text. */
  readonly values: readonly number[];
  readonly kinds: readonly MemberKind[];
  readonly branch: string;
  readonly needs: readonly Need[];
}

const open: readonly MemberKind[] = ['succeeded', 'running', 'canceling'];
const all: readonly MemberKind[] = ['succeeded', 'failed', 'canceled', 'running', 'canceling', 'waiting'];

const cases: readonly ColumnCase[] = [
  {
    column: table.state,
    values: [2, 3, 10],
    kinds: open,
    branch: 'open and at rest',
    needs: ['probe', 'table'],
  },
  {
    column: table.state,
    values: [0, 2, 3],
    kinds: all,
    branch: 'in every state',
    needs: ['probe', 'table', 'clock'],
  },
  {
    column: table.status,
    values: [3, 20, 22, 30, 100],
    kinds: open,
    branch: 'open and at rest',
    needs: ['probe', 'table'],
  },
  {
    column: table.status,
    values: [0, 3, 22, 30, 31, 32, 100],
    kinds: all,
    branch: 'in every status',
    needs: ['probe', 'table', 'clock'],
  },
  {
    column: 'retrycount',
    values: [0, 1, 2, 10],
    kinds: ['succeeded', 'retried', 'failed'],
    branch: 'retried and not',
    needs: ['probe', 'table', 'clock', 'slow'],
  },
];

function numberIn({ row }: Member, column: string): number {
  return Number(row[column]);
}

for (const { column, values, kinds, branch, needs } of cases) {
  test(
    `$filter on ${column} with every comparison MUST return exactly the matching rows, ${branch}`,
    clause('table.filter', { branch: `${column}, ${branch}`, needs }),
    async ({ submit, clock, client }) => {
      const population = await populate({ submit, clock }, kinds, { asFarAsPossible: true });
      const own = anyOf(population.members.map(({ operation }) => operation));
      try {
        if (population.members.some(({ row }) => !Number.isInteger(row[column])))
          throw new Blocked('table.column-types', `${column} shows no integer`);
        const comparisons = Object.entries(operators).flatMap(([operator, holds]) =>
          values.map((value) =>
            expectMatches(
              client,
              population,
              `(${own}) and ${column} ${operator} ${value}`,
              (member) => holds(numberIn(member, column), value),
              { alone: true },
            ),
          ),
        );
        await askedAtOnce(comparisons);
      } finally {
        population.release();
      }
    },
  );
}

test(
  '$filter on state or status alone MUST return exactly the matching rows',
  clause('table.filter', { branch: 'one comparison alone' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, open, { asFarAsPossible: true });
    const [state, status] = [table.state, table.status];
    const first = Math.min(...population.members.map(({ created }) => created)) - 2_000;
    const recent = `createdon ge ${new Date(first).toISOString()}`;
    const matches = (filter: string, belongs: (member: Member) => boolean): Promise<void> =>
      expectMatches(client, population, filter, belongs);
    try {
      await askedAtOnce([
        matches(`${state} eq 2`, (member) => numberIn(member, state) === 2),
        matches(`${state} ne 3`, (member) => numberIn(member, state) !== 3),
        matches(`${state} lt 3`, (member) => numberIn(member, state) < 3),
        matches(`${status} eq 22`, (member) => numberIn(member, status) === 22),
        matches(`not (${state} eq 3)`, (member) => numberIn(member, state) !== 3),
        matches(`${recent} and ${state} eq 3`, (member) => numberIn(member, state) === 3),
        matches(`${recent} and ${status} gt 20`, (member) => numberIn(member, status) > 20),
      ]);
      if (population.members.some(({ row }) => row['retrycount'] !== 0))
        throw new Blocked(
          'table.retrycount-starts-at-zero',
          'an operation without a retry shows another count',
        );
      await matches(`${recent} and retrycount eq 0`, () => true);
    } finally {
      population.release();
    }
  },
);

test(
  '$filter on name with every comparison MUST return exactly the matching rows',
  clause('table.filter', { branch: 'name' }),
  async ({ submit, clock, client, target }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded']);
    const own = anyOf(population.members.map(({ operation }) => operation));
    const { probe } = target.config.target;
    const customApi = probe.kind === 'control' ? probe.customApi : probe.succeeds.name;
    for (const { row } of population.members)
      if (row['name'] !== customApi) throw new Blocked('table.name', `name is ${show(row['name'])}`);
    const name = customApi.replaceAll("'", "''");
    const start = name.slice(0, 1);
    const everyone = [`eq '${name}'`, `ge '${name}'`, `le '${name}'`, `gt '${start}'`, `ge '${start}'`];
    everyone.push(`lt '${name}z'`, `le '${name}z'`, `ne '${name}z'`, `ne '${start}'`, "ne ''");
    const nobody = [`ne '${name}'`, `gt '${name}'`, `lt '${name}'`, `lt '${start}'`, `le '${start}'`];
    // Nothing in a text stands for other characters.
    for (const any of ['%', '*', '_', '?', '[a-z]']) nobody.push(`eq '${name.slice(0, -1)}${any}'`);
    nobody.push(
      `gt '${name}z'`,
      `ge '${name}z'`,
      `eq '${name}z'`,
      `eq '${start}'`,
      "eq ''",
      `eq '${name}''s'`,
    );
    // Text is compared without regard to case.
    const [small, capital] = [name.toLowerCase(), name.toUpperCase()];
    everyone.push(`eq '${small}'`, `eq '${capital}'`);
    nobody.push(`ne '${small}'`, `ne '${capital}'`);
    const matches = (comparison: string, all: boolean): Promise<void> =>
      expectMatches(client, population, `(${own}) and name ${comparison}`, () => all);
    await askedAtOnce([
      ...everyone.map((comparison) => matches(comparison, true)),
      ...nobody.map((comparison) => matches(comparison, false)),
    ]);
    // Dataverse's own function need not be there; where it is, a list may have a single value.
    for (const some of [population.members.slice(0, 1), population.members]) {
      const values = some.map(({ id }) => `"${id.toUpperCase()}"`).join(',');
      const among = `Microsoft.Dynamics.CRM.In(PropertyName='${table.key}',PropertyValues=[${values}])`;
      const { status } = await client.api('GET', collectionPath({ $select: table.key, $filter: among }));
      if (status === 200)
        await expectMatches(client, population, among, (member) => some.includes(member), { alone: true });
    }
  },
);

test(
  '$filter with syntax inside a quoted text MUST take it as text',
  clause('table.filter', { branch: 'quoted text' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded']);
    const [first] = population.members;
    const isFirst = `${table.key} eq ${first?.id}`;
    const texts = [
      "it's",
      ') or (name ne ',
      ' and name eq ',
      'a,b;c=d&e?f#g/h\\i"j',
      '100% + 1 or not',
      'ärger 日本 👩',
    ];
    const filters = texts.flatMap((text) => {
      const quoted = `'${text.replaceAll("'", "''")}'`;
      return [`name eq ${quoted} or ${isFirst}`, `name ne ${quoted} and ${isFirst}`];
    });
    await askedAtOnce(
      filters.map((filter) =>
        expectMatches(client, population, filter, (member) => member === first, { alone: true }),
      ),
    );
  },
);

test(
  '$filter MUST tell a column without a value from one with any value, zero included',
  clause('table.filter', { branch: 'without a value', needs: ['probe', 'table', 'clock'] }),
  async ({ submit, clock, client }) => {
    const kinds: readonly MemberKind[] = ['succeeded', 'failed', 'running', 'waiting'];
    const population = await populate({ submit, clock }, kinds, { asFarAsPossible: true });
    const own = anyOf(population.members.map(({ operation }) => operation));
    const isNull =
      (column: string) =>
      ({ row }: Member): boolean =>
        (row[column] ?? null) === null;
    try {
      const matches = (filter: string, belongs: (member: Member) => boolean): Promise<void> =>
        expectMatches(client, population, `(${own}) and ${filter}`, belongs);
      const code = ({ row }: Member): number =>
        Number.isInteger(row['errorcode']) ? Number(row['errorcode']) : NaN;
      await askedAtOnce([
        ...['errorcode', 'errormessage', 'endtime', 'starttime'].flatMap((column) => [
          matches(`${column} eq null`, isNull(column)),
          matches(`${column} ne null`, (member) => !isNull(column)(member)),
        ]),
        matches('errorcode gt -1', (member) => code(member) > -1),
        matches('errorcode lt 1', (member) => code(member) < 1),
      ]);
    } finally {
      population.release();
    }
  },
);
