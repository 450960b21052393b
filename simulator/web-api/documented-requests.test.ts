import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';

/** Requests as the documentation and its samples write them. */
const api = '/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const errorOf = (body: string | undefined) => jsonObject(body)?.error as Record<string, string>;

describe('a body', () => {
  it.each(['\n', '\r\n', '\t'])(
    'may have %j in a text, as the article writes its FetchXml',
    async (space) => {
      const kit = createKit();
      const body = `{\n  "FetchXml": "<fetch>${space}   <entity name='account'/>${space}</fetch>"\n}`;
      const headers = { prefer: 'respond-async' };
      const path = `${api}sample_ExportDataUsingFetchXmlToAnnotation`;
      const accepted = await kit.call('POST', path, { body, headers });
      expect(accepted.status).toBe(202);
      const row = await kit.row(headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '');
      expect(JSON.parse(String(row?.inputparameters))).toEqual([
        { Key: 'FetchXml', Value: `<fetch>${space}   <entity name='account'/>${space}</fetch>` },
      ]);
    },
  );

  it('may have its texts between apostrophes', async () => {
    const body = `{'StringValue':'it is "so"'}`;
    const answer = await createKit().call('POST', `${api}sample_Echo`, { body });
    expect(jsonObject(answer.body)).toMatchObject({ StringValue: 'it is "so"' });
  });

  it('is refused where it is no JSON in any reading', async () => {
    const answer = await createKit().call('POST', `${api}sample_Echo`, { body: `{'StringValue':'x` });
    expect(answer.status).toBe(400);
    expect(errorOf(answer.body).message).toContain('not valid JSON');
  });
});

it('every answer recommends a degree of parallelism, which Microsoft’s C# sample reads of WhoAmI', async () => {
  const answer = await createKit().call('GET', `${api}WhoAmI`);
  expect(headerOf(answer, 'x-ms-dop-hint')).toMatch(/^\d+$/);
});

describe('a query function', () => {
  it.each([`["30"]`, `['30']`, `['30', '31']`])('takes the list %s', async (list) => {
    const kit = createKit();
    await kit.submit();
    await kit.advance(1);
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='backgroundoperationstatuscode',PropertyValues=${list})`;
    const direct = await kit.call('GET', `${api}backgroundoperations/$count?$filter=${filter}`);
    const alias = `Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)`;
    const path = `${api}backgroundoperations/$count?$filter=${alias}&@p1='backgroundoperationstatuscode'&@p2=${list}`;
    expect([direct.body, (await kit.call('GET', path)).body]).toEqual(['1', '1']);
  });

  it.each([
    "not Microsoft.Dynamics.CRM.EqualUserId(PropertyName='systemuserid')",
    "not (Microsoft.Dynamics.CRM.Last7Days(PropertyName='createdon'))",
    "not (isdisabled eq true and Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))",
  ])('cannot be negated: %s', async (filter) => {
    const answer = await createKit().call('GET', `${api}systemusers?$select=fullname&$filter=${filter}`);
    expect([answer.status, errorOf(answer.body).message]).toEqual([
      400,
      'Not operator along with the Custom Named Condition operators is not allowed',
    ]);
  });

  it('has an opposite instead', async () => {
    const path = `${api}systemusers?$select=fullname&$filter=Microsoft.Dynamics.CRM.NotEqualUserId(PropertyName=@p1)&@p1='systemuserid'`;
    const rows = jsonObject((await createKit().call('GET', path)).body)?.value as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ systemuserid }) => systemuserid)).not.toContain(initiator);
  });
});
