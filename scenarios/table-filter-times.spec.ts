import { table } from '../contract/vocabulary.ts';
import { show } from '../harness/expect.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { expectMatches, type Belongs } from './support/population-matches.ts';
import { populate, type Population } from './support/population.ts';
import { askedAtOnce } from './support/asked-at-once.ts';
import { anyOf, followPages, rowId } from './support/table-rows.ts';

/** The comparison operators, on instants. */
const operators = {
  eq: (one: number, other: number) => one === other,
  ne: (one: number, other: number) => one !== other,
  gt: (one: number, other: number) => one > other,
  ge: (one: number, other: number) => one >= other,
  lt: (one: number, other: number) => one < other,
  le: (one: number, other: number) => one <= other,
} as const;

/** An instant as a date with zone, in several forms of the same. */
const forms = {
  'whole seconds': (instant: number) => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z'),
  milliseconds: (instant: number) => new Date(instant).toISOString(),
  'another zone': (instant: number) =>
    new Date(instant + 7_200_000).toISOString().replace(/\.\d+Z$/, '+02:00'),
  'a zone in the west, half an hour off': (instant: number) =>
    new Date(instant - 12_600_000).toISOString().replace(/\.\d+Z$/, '-03:30'),
} as const;

const hour = 3_600_000;

/** Values around the second member: far before, its own second, far behind, and those between neighbours. */
function boundaries({ members }: Population): number[] {
  const middle = Math.floor((members[1]?.created ?? 0) / 1_000) * 1_000;
  return [middle - hour, middle - 1_000, middle, middle + 1_000, middle + hour];
}

for (const [form, write] of Object.entries(forms)) {
  test(
    `$filter on createdon with every comparison MUST return exactly the matching rows, written with ${form}`,
    clause('table.filter', { branch: `createdon, ${form}` }),
    async ({ submit, clock, client }) => {
      const population = await populate({ submit, clock }, ['succeeded', 'succeeded', 'succeeded']);
      const own = anyOf(population.members.map(({ operation }) => operation));
      const comparisons = boundaries(population).flatMap((boundary) =>
        Object.entries(operators).map(([operator, holds]) => {
          // What a real clock hides within a second cannot be judged; a virtual one stood at whole seconds.
          const belongs: Belongs = ({ created }) =>
            clock.virtual || Math.abs(created - boundary) > 1_000 ? holds(created, boundary) : undefined;
          const filter = `(${own}) and createdon ${operator} ${write(boundary)}`;
          return expectMatches(client, population, filter, belongs);
        }),
      );
      await askedAtOnce(comparisons);
    },
  );
}

test(
  '$filter on createdon MUST heed a fraction of a second',
  clause('table.filter', {
    branch: 'createdon, a fraction of a second',
    needs: ['probe', 'table', 'clock'],
  }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded', 'succeeded']);
    const own = anyOf(population.members.map(({ operation }) => operation));
    const middle = population.members[1]?.created ?? 0;
    const milliseconds = forms.milliseconds(middle + 500);
    const ticks = milliseconds.replace('.500Z', '.5000000Z');
    // Only what holds as well where whole seconds are compared.
    for (const later of [milliseconds, ticks])
      for (const operator of ['gt', 'le'] as const)
        await expectMatches(
          client,
          population,
          `(${own}) and createdon ${operator} ${later}`,
          ({ created }) => operators[operator](created, middle + 500),
        );
  },
);

test(
  '$filter on createdon MUST compare the fraction of a second that the row shows',
  clause('table.filter', {
    branch: 'createdon, a fraction that is shown',
    needs: ['probe', 'table', 'clock'],
  }),
  async ({ submit, clock, client }) => {
    await clock.advance(3_750 - ((await clock.now()) % 1_000));
    const operation = await submit();
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    const created = Date.parse(String(row['createdon']));
    if (Number.isNaN(created)) throw new Blocked('table.times', `createdon is ${show(row['createdon'])}`);
    const second = Math.floor(created / 1_000) * 1_000;
    // Where whole seconds are shown nobody can tell what is compared.
    if (created === second) return;
    const members = [{ kind: 'succeeded', operation, id: operation.id, row, created }] as const;
    // Digits behind the third one may be hidden.
    const times = [0, 1, 500, 999].map((offset) => second + offset).filter((time) => time !== created);
    const comparisons = times.flatMap((time) =>
      (['gt', 'ge', 'lt', 'le'] as const).map((operator) =>
        expectMatches(
          client,
          { members, release: () => undefined },
          `${table.key} eq ${operation.id} and createdon ${operator} ${forms.milliseconds(time)}`,
          () => operators[operator](created, time),
        ),
      ),
    );
    await askedAtOnce(comparisons);
  },
);

test(
  '$filter on a span of createdon MUST return exactly the matching rows',
  clause('table.filter', { branch: 'a span of createdon', needs: ['probe', 'table', 'clock'] }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded', 'succeeded']);
    const created = population.members[1]?.created ?? 0;
    const [from, to] = [created - 1_000, created + 1_000];
    const span = `createdon ge ${forms.milliseconds(from)} and createdon lt ${forms.milliseconds(to)}`;
    await expectMatches(client, population, span, (member) => member.created === created);
    const pages = await followPages(client, { $select: 'createdon', $filter: span });
    for (const row of pages.flatMap((page) => page.rows)) {
      const shown = Date.parse(String(row['createdon']));
      expect(row, 'createdon', `createdon of ${rowId(row)} for $filter=${span}`).toSatisfy(
        shown >= from - 1_000 && shown < to,
        'a time within the span',
      );
    }
  },
);
