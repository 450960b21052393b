import { describe, expect, it } from 'vitest';
import { jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';

/** Aggregates as the documentation writes them, of tables whose rows are known. */
const api = '/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';

async function get(path: string, annotations?: string) {
  const headers = annotations === undefined ? {} : { prefer: `odata.include-annotations="${annotations}"` };
  const answer = await createKit().call('GET', `${api}${path}`, { headers });
  const json = jsonObject(answer.body) ?? {};
  return { status: answer.status, json, rows: json.value, error: json.error as Record<string, string> };
}

describe('$apply', () => {
  it.each<[string, unknown[]]>([
    ['groupby((isdisabled))', [{ isdisabled: false }]],
    ['groupby((isdisabled),aggregate($count as count))', [{ isdisabled: false, count: 3 }]],
    ['aggregate($count as count)', [{ count: 3 }]],
    ["filter(fullname ne 'Other')/aggregate($count as count)", [{ count: 2 }]],
    [
      "filter(fullname ne 'Other')/groupby((fullname,isdisabled))",
      [
        { fullname: 'Initiator', isdisabled: false },
        { fullname: 'Unprivileged', isdisabled: false },
      ],
    ],
    ["filter(fullname eq 'nobody')/aggregate($count as count)", [{ count: 0 }]],
    ["filter(fullname eq 'nobody')/groupby((fullname),aggregate($count as count))", []],
    [
      'aggregate(createdon with max as last,createdon with min as first)',
      [{ last: '1970-01-01T00:00:00Z', first: '1970-01-01T00:00:00Z' }],
    ],
    ['aggregate(firstname with countdistinct as n,fullname with countdistinct as m)', [{ n: 0, m: 3 }]],
    // A value that is null is left out.
    ['groupby((firstname),aggregate($count as count))', [{ count: 3 }]],
  ])('systemusers: %s', async (apply, rows) => {
    const { json } = await get(`systemusers?$apply=${apply}`);
    expect(json).toEqual({
      '@odata.context': 'https://contoso.example/api/data/v9.2/$metadata#systemusers',
      value: rows,
    });
  });

  it('adds up whole numbers', async () => {
    const { rows } = await get('sdkmessageprocessingsteps?$apply=aggregate(rank with sum as sum)');
    expect(rows).toEqual([{ sum: 0 }]);
    const average = await get('sdkmessageprocessingsteps?$apply=aggregate(rank with average as mean)');
    expect(average.rows).toEqual([{}]);
  });

  it('has labels where they are asked for', async () => {
    const label = 'OData.Community.Display.V1.FormattedValue';
    const { rows } = await get('systemusers?$apply=groupby((accessmode),aggregate($count as n))', label);
    expect(rows).toEqual([
      { [`accessmode@${label}`]: 'Read-Write', accessmode: 0, [`n@${label}`]: '3', n: 3 },
    ]);
  });

  it.each([
    ['systemusers?$apply=groupby((nothing))', '0x0'],
    ['systemusers?$apply=aggregate(fullname with sum as n)', '0x80060888'],
    ['systemusers?$apply=aggregate(fullname)', '0x80060888'],
    ['systemusers?$apply=aggregate($count as n)/filter(n eq 1)', '0x80060888'],
    ['systemusers?$apply=concat(aggregate($count as n))', '0x80060888'],
    ['systemusers?$apply=', '0x80060888'],
    ['systemusers?$apply=groupby((fullname),topcount(1,n))', '0x80060888'],
    ['systemusers?$apply=groupby((businessunitid/name))', '0x80040219'],
    ['systemusers?$apply=groupby((fullname))&$top=1', '0x80040219'],
    ['systemusers?$expand=businessunitid($apply=aggregate($count as n))', '0x80060888'],
    ['backgroundoperations?$apply=aggregate($count as n)', '0x80040219'],
  ])('%s is refused with %s', async (path, code) => {
    const { status, error } = await get(path);
    expect([status, error.code]).toEqual([400, code]);
  });

  it('refuses an order in the words of the documentation', async () => {
    const { error } = await get('systemusers?$apply=groupby((fullname),aggregate($count as n))&$orderby=n');
    expect(error.message).toBe('The query node SingleValueOpenPropertyAccess is not supported');
  });
});

describe('aggregates of FetchXML', () => {
  const fetch = (inner: string, entity = 'systemuser') => {
    const xml = `<fetch aggregate="true"><entity name="${entity}">${inner}</entity></fetch>`;
    return get(`${entity}s?fetchXml=${encodeURIComponent(xml)}`);
  };

  it.each<[string, unknown[]]>([
    ['<attribute name="systemuserid" alias="n" aggregate="count"/>', [{ n: 3 }]],
    ['<attribute name="firstname" alias="n" aggregate="countcolumn"/>', [{ n: 0 }]],
    ['<attribute name="isdisabled" alias="n" aggregate="countcolumn" distinct="true"/>', [{ n: 1 }]],
    ['<attribute name="createdon" alias="last" aggregate="max"/>', [{ last: '1970-01-01T00:00:00Z' }]],
    [
      '<attribute name="fullname" alias="who" groupby="true"/><attribute name="systemuserid" alias="n" aggregate="count"/>' +
        `<filter><condition attribute="systemuserid" operator="eq" value="${initiator}"/></filter>`,
      [{ who: 'Initiator', n: 1 }],
    ],
  ])('%s', async (inner, rows) => {
    expect((await fetch(inner)).rows).toEqual(rows);
  });

  it.each([
    '<attribute name="fullname"/>',
    '<attribute name="fullname" alias="a"/>',
    '<attribute name="fullname" alias="a" aggregate="median"/>',
    '<attribute name="nothing" alias="a" aggregate="count"/>',
    '<attribute name="fullname" alias="a" aggregate="sum"/>',
    '<attribute name="createdon" alias="a" groupby="true" dategrouping="year"/>',
    '<attribute name="fullname" alias="a" groupby="true"/><order alias="a"/>',
  ])('%s is refused', async (inner) => {
    expect((await fetch(inner)).status).toBe(400);
  });

  it('are not served of background operations', async () => {
    const { error } = await fetch(
      '<attribute name="name" alias="n" aggregate="count"/>',
      'backgroundoperation',
    );
    expect(error.message).toContain('aggregates of FetchXML on an elastic table');
  });
});
