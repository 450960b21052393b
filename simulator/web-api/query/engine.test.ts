import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import type { Operation } from '../../core/operation.ts';
import type { TableRequest } from '../../core/table.ts';
import { createOperationStore } from '../../store.ts';
import {
  columns,
  holds,
  idOf,
  inOrder,
  names,
  operations,
  orderings,
  tree,
  written,
} from './naive.fixture.ts';
import type { Ordering } from './naive.fixture.ts';
import { countRows, queryRows } from './table-query.ts';

const root = 'http://host/api/data/v9.2/';

function request(rows: readonly Operation[], query: string, some: Partial<TableRequest> = {}): TableRequest {
  const store = createOperationStore({ expiresAt: () => Infinity });
  for (const row of rows) {
    store.put(row);
    store.put({ ...row, id: `gone-${row.id}`, sequence: row.sequence + 0.5 });
  }
  for (const row of rows) store.delete(`gone-${row.id}`);
  return {
    store,
    columns,
    now: 0,
    userId: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01',
    visible: () => true,
    root,
    query,
    annotations: undefined,
    maxPageSize: undefined,
    etag: () => 'W/"1"',
    ...some,
  };
}

async function page(
  asked: TableRequest,
): Promise<{ ids: string[]; next: string | undefined; count: number | undefined }> {
  const answer = await queryRows(asked);
  if (!('body' in answer)) throw new Error(JSON.stringify(answer));
  const body = answer.body as Record<string, unknown>;
  const ids = (body['value'] as Record<string, string>[]).map((row) => row[names.id] ?? '');
  const next = body['@odata.nextLink'] as string | undefined;
  return {
    ids,
    next: next?.slice(`${root}backgroundoperations?`.length),
    count: body['@odata.count'] as number,
  };
}

const orderText = (order: readonly Ordering[]): string =>
  order.length === 0
    ? ''
    : `&$orderby=${order.map(({ by, descending }) => `${names[by]}${descending ? ' desc' : ''}`).join(',')}`;

/** Of runs with random input, as many as are worth it. */
const runs = (many: number): { numRuns: number } => ({ numRuns: inject('thorough') ? many : many / 10 });

describe('the engine', () => {
  it('selects, orders, cuts and counts as a naive evaluation does', async () => {
    await fc.assert(
      fc.asyncProperty(operations, tree, orderings, fc.nat(12), async (rows, node, order, top) => {
        const filter = `$filter=${encodeURIComponent(written(node))}`;
        const expected = inOrder(
          rows.filter((row) => holds(node, row)),
          order,
        ).map(({ id }) => id);
        const asked = request(rows, `${filter}${orderText(order)}&$top=${top}&$count=true`);
        const { ids, next, count } = await page(asked);
        expect(ids).toEqual(expected.slice(0, top));
        expect(next).toBeUndefined();
        expect(count).toBe(expected.length);
        expect(await countRows({ ...asked, query: filter })).toMatchObject({ body: String(expected.length) });
      }),
      runs(1000),
    );
  });

  it('pages through every row once, whatever is inserted meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        operations,
        tree,
        orderings,
        fc.integer({ min: 1, max: 5 }),
        async (rows, node, order, size) => {
          const asked = request(rows, `$filter=${encodeURIComponent(written(node))}${orderText(order)}`);
          const seen: string[] = [];
          let query: string | undefined = asked.query;
          for (let round = 1; query !== undefined; round++) {
            if (round > 100) throw new Error('The paging does not end.');
            const answer = await page({ ...asked, query, maxPageSize: size });
            seen.push(...answer.ids);
            query = answer.next;
            const copied = rows[round % Math.max(1, rows.length)];
            const createdOn = rows.at(-1)?.createdOn ?? 0;
            if (copied && round < 20) {
              asked.store.put({ ...copied, id: idOf(1000 + round), sequence: 1000 + round, createdOn });
            }
          }
          expect(new Set(seen).size).toBe(seen.length);
          const old = rows.filter((row) => holds(node, row));
          expect(seen.filter((id) => id < idOf(1000))).toEqual(inOrder(old, order).map(({ id }) => id));
        },
      ),
      runs(500),
    );
  });

  it('answers any text with rows or an error of Dataverse, never an exception', async () => {
    const word = fc.constantFrom(
      ...[
        "'",
        '(',
        ')',
        ',',
        ' ',
        'not ',
        ' eq ',
        ' and ',
        ' or ',
        'name',
        'createdon',
        'null',
        '1',
        '[',
        ']',
        '"',
        '@a',
      ],
      ...[
        'contains',
        'Microsoft.Dynamics.CRM.In',
        'PropertyName=',
        'PropertyValues=',
        '%',
        '%27',
        '+',
        '&',
        '=',
        '/',
      ],
      ...[
        '$filter=',
        '$orderby=',
        '$top=',
        '$select=',
        '$skiptoken=',
        '2026-01-01',
        idOf(7),
        '\u{1F600}',
        '\uD800',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string()), { maxLength: 14 }), async (words) => {
        for (const query of [words.join(''), `$filter=${words.join('')}`, `$skiptoken=${words.join('')}`]) {
          expect([200, 400]).toContain((await queryRows(request([], query))).status);
        }
      }),
      runs(2000),
    );
  });
});
