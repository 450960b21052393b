import { headers, table } from '../contract/vocabulary.ts';
import type { Client } from '../harness/client.ts';
import type { Answer } from '../harness/answer.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { populate, type MemberKind, type Population } from './support/population.ts';
import {
  anyOf,
  collectionPath,
  expectPage,
  followPages,
  rowId,
  requireFound,
  type QueryOptions,
} from './support/table-rows.ts';

const kinds: readonly MemberKind[] = ['succeeded', 'running', 'canceling'];

/** Queries the members of a population, once the collection has exactly them. */
async function query(client: Client, { members }: Population, options: QueryOptions): Promise<Answer> {
  const operations = members.map(({ operation }) => operation);
  await requireFound(client, operations);
  return client.api('GET', collectionPath({ ...options, $filter: anyOf(operations) }));
}

/** The kinds of the members in the order of the answer. */
function order(answer: Answer, { members }: Population): (MemberKind | undefined)[] {
  return expectPage(answer).rows.map((row) => members.find(({ id }) => id === rowId(row))?.kind);
}

const [state, status] = [table.state, table.status];

test(
  '$orderby SHOULD order the rows, those without a value first where it ascends',
  clause('table.order-top-count', { branch: '$orderby' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, kinds);
    try {
      for (const [$orderby, wanted] of [
        [status, ['running', 'canceling', 'succeeded']],
        [`${status} asc`, ['running', 'canceling', 'succeeded']],
        [`${status} desc`, ['succeeded', 'canceling', 'running']],
        [`${state} desc,${status} asc`, ['succeeded', 'running', 'canceling']],
        [`${state},${status} desc`, ['canceling', 'running', 'succeeded']],
        [`name,${status} desc`, ['succeeded', 'canceling', 'running']],
        [`endtime,${status}`, ['running', 'canceling', 'succeeded']],
        [`endtime desc,${status}`, ['succeeded', 'running', 'canceling']],
      ] as const) {
        const answer = await query(client, population, { $select: `${table.key},endtime`, $orderby });
        if (expectPage(answer).rows.every((row) => row['endtime'] === null))
          throw new Blocked('table.times', 'no row has an endtime');
        expect(order(answer, population), `the order with $orderby=${$orderby}`, answer).toEqual([...wanted]);
      }
    } finally {
      population.release();
    }
  },
);

test(
  '$orderby=createdon SHOULD order the rows by time, both ways',
  clause('table.order-top-count', { branch: '$orderby=createdon', needs: ['probe', 'table', 'clock'] }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, ['succeeded', 'succeeded', 'succeeded']);
    const oldestFirst = population.members.map(({ id }) => id);
    for (const [$orderby, wanted] of [
      ['createdon', oldestFirst],
      ['createdon desc', [...oldestFirst].reverse()],
    ] as const) {
      const answer = await query(client, population, { $select: table.key, $orderby });
      expect(expectPage(answer).rows.map(rowId), `the order with $orderby=${$orderby}`, answer).toEqual([
        ...wanted,
      ]);
    }
  },
);

test(
  '$top SHOULD return that many rows, the first of the order',
  clause('table.order-top-count', { branch: '$top' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, kinds);
    try {
      for (const [$top, wanted] of [
        ['1', ['succeeded']],
        ['2', ['succeeded', 'canceling']],
        ['9', ['succeeded', 'canceling', 'running']],
        ['10', ['succeeded', 'canceling', 'running']],
        ['250', ['succeeded', 'canceling', 'running']],
      ] as const) {
        const options = { $select: table.key, $orderby: `${status} desc`, $top };
        const answer = await query(client, population, options);
        expect(order(answer, population), `the rows with $top=${$top}`, answer).toEqual([...wanted]);
      }
      // Whether no row at all can be asked for is left open; rows are none.
      const none = await query(client, population, { $select: table.key, $top: '0' });
      if (none.ok) expect(expectPage(none).rows.length, 'the number of rows with $top=0', none).toBe(0);
    } finally {
      population.release();
    }
  },
);

test(
  '$top SHOULD end the result, so that no page behind it has further rows',
  clause('table.order-top-count', { branch: '$top, all pages' }),
  async ({ submit, clock, client }) => {
    const { members, release } = await populate({ submit, clock }, kinds);
    const operations = members.map(({ operation }) => operation);
    try {
      await requireFound(client, operations);
      const $filter = anyOf(operations);
      const pages = await followPages(client, { $select: table.key, $orderby: status, $top: '2', $filter });
      const rows = pages.flatMap((page) => page.rows);
      expect(rows.length, 'the rows with $top=2 on all pages together').toBe(2);
    } finally {
      release();
    }
  },
);

for (const options of [{}, { $orderby: 'createdon desc' }, { $orderby: `${status} desc` }]) {
  const words = Object.values(options).join() || 'no order';
  test(
    `$top and $count SHOULD work where all rows are asked for, with ${words}`,
    clause('table.order-top-count', { branch: `without $filter, ${words}` }),
    async ({ submit, client }) => {
      const operation = await submit();
      await operation.finished();
      await requireFound(client, [operation]);
      const all = { ...options, $select: table.key, $top: '1', $count: 'true' };
      const answer = await client.api('GET', collectionPath(all));
      expect(expectPage(answer).rows.length, 'the number of rows with $top=1', answer).toBe(1);
      expect(answer.object()?.['@odata.count'], '@odata.count', answer.at('@odata.count')).toBeAtLeast(1);
    },
  );
}

test(
  '$orderby and $count SHOULD heed all of a filter, not only its ids',
  clause('table.order-top-count', { branch: 'a filter on more than ids' }),
  async ({ submit, clock, client }) => {
    const population = await populate({ submit, clock }, kinds);
    const open = population.members
      .filter(({ kind }) => kind !== 'succeeded')
      .map(({ operation }) => operation);
    const all = population.members.map(({ operation }) => operation);
    try {
      // A column of which a target is unlikely to have an index, so that it has to look at the rows.
      const $filter = `(${anyOf(all)}) and (${anyOf(open)} or retrycount gt 0)`;
      await requireFound(client, open, $filter);
      for (const [$orderby, wanted] of [
        [`${status} desc`, ['canceling', 'running']],
        [status, ['running', 'canceling']],
      ] as const) {
        const options = { $select: table.key, $orderby, $count: 'true', $filter };
        const answer = await client.api('GET', collectionPath(options));
        expect(order(answer, population), `the order with $orderby=${$orderby}`, answer).toEqual([...wanted]);
        expect(answer.object()?.['@odata.count'], '@odata.count', answer.at('@odata.count')).toBe(
          open.length,
        );
      }
    } finally {
      population.release();
    }
  },
);

for (const [branch, options] of [
  ['alone', {}],
  ['whatever $top says', { $top: '1' }],
] as const) {
  test(
    `$count=true SHOULD tell the number of matching rows, ${branch}`,
    clause('table.order-top-count', { branch: `$count ${branch}` }),
    async ({ submit, clock, client }) => {
      // One more that the filter leaves out: what is counted are the rows that match.
      await (await submit()).finished();
      const population = await populate({ submit, clock }, kinds);
      try {
        const counted = await query(client, population, { ...options, $select: table.key, $count: 'true' });
        expectPage(counted);
        expect(counted.object()?.['@odata.count'], '@odata.count', counted.at('@odata.count')).toBe(
          population.members.length,
        );
        const operations = population.members.map(({ operation }) => operation);
        const counting = { $select: table.key, $count: 'true', $filter: anyOf(operations) };
        const pages = await followPages(client, counting, [[headers.prefer, 'odata.maxpagesize=2']]);
        for (const [index, { answer }] of pages.entries()) {
          const count = answer.object()?.['@odata.count'];
          // Whether a further page repeats the count is left open.
          if (index > 0 && count === undefined) continue;
          expect(count, `@odata.count of page ${index + 1}`, answer.at('@odata.count')).toBe(
            population.members.length,
          );
        }
        for (const [asked, further] of [
          ['without $count', {}],
          ['with $count=false', { $count: 'false' }],
        ] as const) {
          const plain = await query(client, population, { ...options, ...further, $select: table.key });
          expectPage(plain);
          expect(
            plain.object()?.['@odata.count'],
            `@odata.count ${asked}`,
            plain.at('@odata.count'),
          ).toBeAbsent();
        }
      } finally {
        population.release();
      }
    },
  );
}
