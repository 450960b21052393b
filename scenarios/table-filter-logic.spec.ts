import { randomUUID } from 'node:crypto';
import { table } from '../contract/vocabulary.ts';
import { clause, NotTestable, test } from '../harness/test.ts';
import { expectMatches } from './support/population-matches.ts';
import { populate, type MemberKind, type Population } from './support/population.ts';
import { collectionPath } from './support/table-rows.ts';
import { askedAtOnce } from './support/asked-at-once.ts';

/** The four members by the letter under which the filters below know them. */
const letters: Readonly<Record<string, MemberKind>> = {
  a: 'succeeded',
  b: 'succeeded',
  c: 'running',
  d: 'canceling',
};

/**
 * Filters with the members that they hold for. `A` to `D` stand for a comparison with the id of that
 * member, `open` for state 2, `closed` for state 3. All are bounded by ids, so no other row matches.
 */
const filters: Readonly<Record<string, readonly (readonly [filter: string, matching: string])[]>> = {
  or: [
    ['A', 'a'],
    ['A or B', 'ab'],
    ['A  or  B', 'ab'],
    ['A or B or C or D', 'abcd'],
    ['D or C or B', 'bcd'],
  ],
  and: [
    ['A and B', ''],
    ['A and closed', 'a'],
    ['A and open', ''],
    ['closed and A and closed', 'a'],
  ],
  'and before or': [
    ['A or B and open', 'a'],
    ['closed and A or C', 'ac'],
    ['A or C and closed or D', 'ad'],
    ['A and open or B and closed or C and open', 'bc'],
  ],
  parentheses: [
    ['(A or C) and open', 'c'],
    ['closed and (A or C)', 'a'],
    ['((A or (B)) and ((closed)))', 'ab'],
    ['( A or ( B or C ) ) and ( open or B )', 'bc'],
    ['(A or B) and (B or C)', 'b'],
  ],
  not: [
    ['not (A) and (A or B or C)', 'bc'],
    ['not (A or B) and (A or B or C)', 'c'],
    ['not (A and open) and (A or B)', 'ab'],
    ['not (A and closed) and (A or B)', 'b'],
    ['not (not (A)) and (A or B)', 'a'],
    ['(A or B or C) and not (closed)', 'c'],
    ['(A or B or C or D) and not (open or B)', 'a'],
  ],
  'not before and, and before or': [
    ['(A or B) and not (A) or D', 'bd'],
    ['D or not (A) and (A or B)', 'bd'],
    ['(A or B or C or D) and (not (A) or not (B))', 'abcd'],
    ['(A or B or C or D) and not (A) and not (B)', 'cd'],
    ['(A or B or C or D) and (not (open) and not (A) or C)', 'bc'],
  ],
};

/** Writes the filter of the table above out, with the ids of the members. */
function written(filter: string, { members }: Population): string {
  return filter
    .replace(/\b[A-D]\b/g, (letter) => `${table.key} eq ${members['ABCD'.indexOf(letter)]?.id}`)
    .replace(/\bopen\b/g, `${table.state} eq 2`)
    .replace(/\bclosed\b/g, `${table.state} eq 3`);
}

for (const [branch, expectations] of Object.entries(filters)) {
  test(
    `$filter MUST return exactly the matching rows, with ${branch}`,
    clause('table.filter', { branch }),
    async ({ submit, clock, client }) => {
      const population = await populate({ submit, clock }, Object.values(letters));
      try {
        const queries = expectations.map(([filter, matching]) => {
          const wanted = [...matching].map((letter) => population.members['abcd'.indexOf(letter)]);
          return expectMatches(
            client,
            population,
            written(filter, population),
            (member) => wanted.includes(member),
            { alone: true },
          );
        });
        await askedAtOnce(queries);
      } finally {
        population.release();
      }
    },
  );
}

/** Comparisons with a number on their left, with the members that they hold for. */
const turnedRound: readonly (readonly [comparison: string, matching: string])[] = [
  [`3 eq ${table.state}`, 'ab'],
  [`3 ne ${table.state}`, 'cd'],
  [`3 gt ${table.state}`, 'cd'],
  [`2 ge ${table.state}`, 'cd'],
  [`2 lt ${table.state}`, 'ab'],
  [`3 le ${table.state}`, 'ab'],
];

test(
  '$filter with a number on the left MUST return exactly the matching rows, where it is taken',
  clause('table.filter', { branch: 'a number on the left' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, Object.values(letters));
    try {
      const own = `(${written('A or B or C or D', population)})`;
      const asked = { $select: table.key, $filter: `${own} and 3 eq ${table.state}` };
      const { status } = await client.api('GET', collectionPath(asked));
      if (status >= 400) throw new NotTestable(`such a comparison is answered ${status}`);
      const queries = turnedRound.map(([comparison, matching]) => {
        const wanted = [...matching].map((letter) => population.members['abcd'.indexOf(letter)]);
        return expectMatches(client, population, `${own} and ${comparison}`, (one) => wanted.includes(one), {
          alone: true,
        });
      });
      await askedAtOnce(queries);
    } finally {
      population.release();
    }
  },
);

test(
  '$filter on the id with every comparison MUST return exactly the matching rows',
  clause('table.filter', { branch: 'id' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded', 'succeeded']);
    const [a, b, c] = population.members.map(({ id }) => id);
    const own = `(${[a, b, c].map((id) => `${table.key} eq ${id}`).join(' or ')})`;
    const zero = '00000000-0000-0000-0000-000000000000';
    const matches = (comparison: string, ...ids: readonly (string | undefined)[]): Promise<void> =>
      expectMatches(
        client,
        population,
        `${own} and ${table.key} ${comparison}`,
        ({ id }) => ids.includes(id),
        {
          alone: true,
        },
      );
    await askedAtOnce([
      matches(`eq ${b}`, b),
      matches(`eq ${b?.toUpperCase()}`, b),
      matches(`ne ${b}`, a, c),
      matches(`eq ${zero}`),
      matches(`ne ${zero}`, a, b, c),
      // No order of GUIDs is documented, but in any of them nothing is less than zero or than itself.
      matches(`gt ${zero}`, a, b, c),
      matches(`ge ${zero}`, a, b, c),
      matches(`lt ${zero}`),
      matches(`le ${zero}`),
      matches(`ge ${b} and ${table.key} le ${b}`, b),
      matches(`gt ${b} and ${table.key} lt ${b}`),
      matches(`ge ${b} or ${own} and ${table.key} lt ${b}`, a, b, c),
      matches(`gt ${b} or ${own} and ${table.key} lt ${b}`, a, c),
    ]);
  },
);

test(
  'a $filter of many conditions, and one with its dollar sign escaped, MUST return exactly the matching rows',
  clause('table.filter', { branch: 'many conditions' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded']);
    const [own, other] = population.members.map(({ id }) => id);
    const unknown = Array.from({ length: 24 }, () => randomUUID());
    const among = (...ids: readonly (string | undefined)[]): string =>
      ids.map((id) => `${table.key} eq ${id}`).join(' or ');
    const isOwn = ({ id }: { readonly id: string }): boolean => id === own;
    await expectMatches(client, population, among(...unknown, own), isOwn, { alone: true });
    const filter = `(${among(own, other)}) and ${table.key} eq ${own}`;
    await expectMatches(client, population, filter, isOwn, { alone: true, escaped: true });
  },
);
