import { formattedValue, headers, table } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { withRows } from './support/any-end.ts';
import { anyOf, collectionPath, followPages, rowId, readPage, requireFound } from './support/table-rows.ts';

/** Operations that the collection has, all of them, and at rest where the target lets them be so. */
async function finished(
  { submit, clock, client }: Pick<CheckTools, 'submit' | 'clock' | 'client'>,
  count: number,
): Promise<Operation[]> {
  const operations = await withRows({ submit, clock }, count);
  await requireFound(client, operations);
  return operations;
}

for (const [size, count, branch] of [
  [2, 5, 'the last page not full'],
  [2, 4, 'the last page full'],
  [1, 3, 'one row a page'],
  [10, 3, 'one page for all'],
] as const) {
  test(
    `odata.maxpagesize=${size} SHOULD page through every row once, ${branch}`,
    clause('table.paging', { branch }),
    async ({ submit, clock, client }) => {
      const operations = await finished({ submit, clock, client }, count);
      const options = { $select: `${table.key},name`, $filter: anyOf(operations) };
      const pages = await followPages(client, options, [[headers.prefer, `odata.maxpagesize=${size}`]]);
      const sizes = pages.map((page) => page.rows.length);
      expect(sizes, 'the sizes of the pages', pages.at(-1)?.answer).toSatisfy(
        sizes.every((each) => each <= size),
        `at most ${size} rows on each`,
      );
      const ids = pages.flatMap((page) => page.rows.map(rowId));
      expect(ids.sort(), 'the ids on all pages', pages.at(-1)?.answer).toEqual(
        operations.map(({ id }) => id).sort(),
      );
      for (const row of pages.flatMap((page) => page.rows))
        expect(Object.keys(row), 'the columns of a row on any page', row).toSatisfy(
          'name' in row,
          'name with them',
        );
    },
  );
}

test(
  '@odata.nextLink SHOULD keep filter, order and selection of the query',
  clause('table.paging', { branch: 'with $orderby', needs: ['probe', 'table', 'clock'] }),
  async ({ submit, client, clock }) => {
    const operations: Operation[] = [];
    for (let count = 0; count < 5; count += 1) {
      await clock.advance(3_000);
      operations.push(await submit());
    }
    for (const operation of operations) await operation.finished();
    await requireFound(client, operations);
    const options = {
      $select: `${table.key},createdon`,
      $filter: anyOf(operations),
      $orderby: 'createdon desc',
    };
    const newestFirst = operations.map(({ id }) => id).reverse();
    const whole = readPage(await client.api('GET', collectionPath(options))).rows.map(rowId);
    if (whole.join() !== newestFirst.join())
      throw new Blocked('table.order-top-count', `without pages the order was ${whole.join(', ')}`);
    const pages = await followPages(client, options, [[headers.prefer, 'odata.maxpagesize=2']]);
    const ids = pages.flatMap((page) => page.rows.map(rowId));
    expect(ids, 'the ids of all pages in their order', pages.at(-1)?.answer).toEqual(newestFirst);
    expect(pages.length, 'the number of pages').toBeAtLeast(3);
    // Rows that are added between two pages move no other row to another page.
    const since = new Date((await operations[0]?.row())?.row['createdon'] as string).toISOString();
    const growing = { ...options, $filter: `createdon ge ${since}` };
    const there = readPage(await client.api('GET', collectionPath(growing))).rows.map(rowId);
    if (!newestFirst.every((id) => there.includes(id)))
      throw new Blocked('table.filter', `without pages createdon ge ${since} gave ${there.join(', ')}`);
    const prefer = [[headers.prefer, 'odata.maxpagesize=2']] as const;
    let page = readPage(await client.api('GET', collectionPath(growing), { headers: prefer }));
    const seen = page.rows.map(rowId);
    for (let turn = 0; page.next !== undefined && turn < 200; turn += 1) {
      if (turn < 2) {
        await clock.advance(3_000);
        await submit();
      }
      page = readPage(await client.follow(page.next, prefer));
      seen.push(...page.rows.map(rowId));
    }
    const own = seen.filter((id) => newestFirst.includes(id));
    expect(own, 'the ids of all pages while rows are added', page.answer).toEqual(newestFirst);
  },
);

const label = `${table.status}@${formattedValue}`;

test(
  'every page SHOULD have the selected columns and no others',
  clause('table.select-only', { branch: 'on every page' }),
  async ({ submit, clock, client }) => {
    const operations = await finished({ submit, clock, client }, 3);
    const $select = [table.key, table.state, table.status].join(',');
    const prefer = `odata.maxpagesize=1, odata.include-annotations="${formattedValue}"`;
    const pages = await followPages(client, { $select, $filter: anyOf(operations) }, [
      [headers.prefer, prefer],
    ]);
    for (const [index, { answer, rows }] of pages.entries()) {
      for (const row of rows)
        expect(Object.keys(row), `the columns of the row on page ${index + 1}`, row).toSatisfy(
          !('inputparameters' in row || 'createdon' in row),
          'none that was not selected',
        );
      if (rows.some((row) => !(label in row)))
        answer.note('table.formatted-values', `page ${index + 1} has no ${label}`);
    }
  },
);
