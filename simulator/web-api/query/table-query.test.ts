import { describe, expect, it } from 'vitest';
import type { Column, TableRequest } from '../../core/table.ts';
import { createOperationStore } from '../../store.ts';
import { exampleOperation } from '../../store/example.fixture.ts';
import { countRows, queryRows, renderRow } from './table-query.ts';

const columns: readonly Column[] = [
  { name: 'backgroundoperationid', type: 'guid', read: (row) => row.id },
  { name: 'name', type: 'string', read: (row) => row.name },
  {
    name: 'backgroundoperationstatecode',
    type: 'picklist',
    read: (row) => row.state,
    labels: { 0: 'Ready' },
  },
  {
    name: 'createdon',
    type: 'datetime',
    read: (row) => row.createdOn,
    show: (row) => new Date(row.createdOn).toISOString(),
  },
  { name: 'versionnumber', type: 'bigint', read: (row) => row.version },
  { name: 'partitionid', type: 'string', read: (row) => row.partitionId },
];
const root = 'https://host/api/data/v9.2/';

function request(some: Partial<TableRequest> = {}, count = 3): TableRequest {
  const store = createOperationStore({ expiresAt: () => Infinity });
  for (let index = 1; index <= count; index++) {
    store.put(
      exampleOperation({ id: `id-${index}`, sequence: index, version: 10 + index, createdOn: index }),
    );
  }
  return {
    store,
    columns,
    now: 0,
    userId: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01',
    visible: () => true,
    root,
    query: '',
    annotations: undefined,
    maxPageSize: undefined,
    etag: (row) => `W/"${row.version}"`,
    ...some,
  };
}

describe('queryRows', () => {
  it('shows the chosen columns after the etag, and the key, version and partition unasked', async () => {
    expect(await queryRows(request({ query: '$select=createdon,name&$top=1' }))).toEqual({
      status: 200,
      body: {
        '@odata.context': `${root}$metadata#backgroundoperations(createdon,name)`,
        value: [
          {
            '@odata.etag': 'W/"11"',
            createdon: '1970-01-01T00:00:00.001Z',
            name: 'bgop_Probe',
            backgroundoperationid: 'id-1',
            versionnumber: 11,
            partitionid: null,
          },
        ],
      },
      preferenceApplied: [],
    });
  });

  it('puts formatted values before their columns, only on request, and echoes the preference', async () => {
    const annotations = 'OData.Community.Display.V1.FormattedValue';
    const answer = await queryRows(
      request({ query: '$select=backgroundoperationstatecode&$top=1', annotations }),
    );
    expect(answer).toMatchObject({ preferenceApplied: [`odata.include-annotations="${annotations}"`] });
    const text = JSON.stringify(answer);
    expect(text).toContain(
      `"backgroundoperationstatecode@${annotations}":"Ready","backgroundoperationstatecode":0`,
    );
    expect(JSON.stringify(await queryRows(request()))).not.toContain('FormattedValue');
  });

  it('links to the next page with the cookie of the documented form, and ends without a link', async () => {
    const first = await queryRows(request({ query: '$select=name&$orderby=createdon', maxPageSize: 2 }));
    expect(first).toMatchObject({ preferenceApplied: ['odata.maxpagesize=2'] });
    const link = (first as { body: Record<string, string> }).body['@odata.nextLink'] ?? '';
    expect(link).toMatch(
      /^https:\/\/host\/api\/data\/v9\.2\/backgroundoperations\?\$select=name&\$orderby=createdon&\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22[^"]*%22%20istracking=%22False%22%20\/%3E$/,
    );
    const second = await queryRows(request({ query: link.slice(link.indexOf('?') + 1), maxPageSize: 2 }));
    expect(second).toMatchObject({ body: { value: [{ backgroundoperationid: 'id-3' }] } });
    expect(second).not.toHaveProperty(['body', '@odata.nextLink']);
  });

  it('refuses the cookie of a query with another order', async () => {
    const first = await queryRows(request({ query: '$orderby=createdon', maxPageSize: 2 }));
    const link = (first as { body: Record<string, string> }).body['@odata.nextLink'] ?? '';
    const token = link.slice(link.indexOf('$skiptoken='));
    expect(await queryRows(request({ query: `$orderby=name&${token}` }))).toMatchObject({ status: 400 });
    expect(await queryRows(request({ query: token.replace('%22position%22', 'x') }))).toMatchObject({
      status: 400,
    });
  });

  it('counts up to 5000 and says when there are more', async () => {
    const asked = request({ query: '$count=true&$top=1', annotations: 'Microsoft.Dynamics.CRM.*' }, 5001);
    expect(await queryRows(asked)).toMatchObject({
      body: {
        '@odata.count': 5000,
        '@Microsoft.Dynamics.CRM.totalrecordcount': 5000,
        '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true,
      },
    });
    expect(await queryRows({ ...asked, query: '$top=1' })).toMatchObject({
      body: { '@Microsoft.Dynamics.CRM.totalrecordcount': -1 },
    });
    expect(await countRows(asked)).toMatchObject({ body: '5000' });
  });

  it('gives a page of 5000 by default, and the rest of a larger $top on the next', async () => {
    const asked = request({ query: '$top=5002' }, 5003);
    const first = (await queryRows(asked)) as { body: { value: unknown[]; '@odata.nextLink': string } };
    expect(first.body.value).toHaveLength(5000);
    const query = first.body['@odata.nextLink'].split('?')[1] ?? '';
    const second = (await queryRows({ ...asked, query })) as { body: { value: unknown[] } };
    expect(second.body.value).toHaveLength(2);
    expect(second.body).not.toHaveProperty('@odata.nextLink');
  });

  it.each<[string, number | undefined, number]>([
    ['', undefined, 7],
    ['$top=5', undefined, 5],
    ['$orderby=name desc,createdon', undefined, 7],
    ['$orderby=name desc,createdon&$top=6', undefined, 6],
    ['$count=true', 3, 7],
    ['$top=2', 4, 7],
  ])('ends a page early whose rows are long, and gives each of %j once', async (text, maxPageSize, rows) => {
    const long: Column = { name: 'displayname', type: 'memo', read: (row) => row.displayName };
    const asked = request({ query: text, maxPageSize, columns: [...columns, long] }, 7);
    const displayName = 'x'.repeat(9 * 1024 * 1024);
    for (let index = 1; index <= 7; index++) {
      asked.store.put(
        exampleOperation({ id: `id-${index}`, sequence: index, createdOn: index, displayName }),
      );
    }
    const pages: string[][] = [];
    for (let query: string | undefined = text; query !== undefined && pages.length < 9;) {
      const { body } = (await queryRows({ ...asked, query })) as {
        body: { value: { backgroundoperationid: string }[]; '@odata.nextLink'?: string };
      };
      pages.push(body.value.map((row) => row.backgroundoperationid));
      query = body['@odata.nextLink']?.split('?')[1];
    }
    expect(Math.max(...pages.map((page) => page.length))).toBe(2);
    expect(pages.flat()).toEqual(Array.from({ length: rows }, (_, index) => `id-${index + 1}`));
  });

  it('leaves out rows that are not visible or of another partition', async () => {
    const hidden = request({ visible: (row) => row.sequence !== 2, query: '$count=true' });
    expect(await queryRows(hidden)).toMatchObject({ body: { '@odata.count': 2, value: { length: 2 } } });
    expect(await queryRows(request({ query: 'partitionId=id-2' }))).toMatchObject({
      body: { value: [{ backgroundoperationid: 'id-2' }] },
    });
  });

  it('finds by creation time before a long gap of deleted rows', async () => {
    const asked = request({ query: '$filter=createdon ge 1970-01-01T00:00:00.003Z&$select=name' }, 900);
    for (let index = 5; index <= 900; index++) asked.store.delete(`id-${index}`);
    const answer = await queryRows({ ...asked, query: `${asked.query}&$orderby=createdon desc` });
    expect(answer).toMatchObject({
      body: { value: [{ backgroundoperationid: 'id-4' }, { backgroundoperationid: 'id-3' }] },
    });
  });

  it('answers an error with its code and text', async () => {
    expect(await queryRows(request({ query: '$select=Name' }))).toEqual({
      status: 400,
      error: {
        code: '0x0',
        message:
          "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.backgroundoperation'.",
      },
    });
    expect(await countRows(request({ query: '$filter=x' }))).toMatchObject({ status: 400 });
  });
});

describe('renderRow', () => {
  it('shows one row with the context of an entity', () => {
    const asked = request({ query: '$select=name' });
    expect(renderRow(asked, exampleOperation({ id: 'a', sequence: 1 }))).toMatchObject({
      status: 200,
      body: { '@odata.context': `${root}$metadata#backgroundoperations(name)/$entity`, name: 'bgop_Probe' },
    });
    expect(
      renderRow({ ...asked, query: '$filter=true' }, exampleOperation({ id: 'a', sequence: 1 })),
    ).toMatchObject({
      status: 400,
    });
  });
});
