import { describe, expect, test } from 'vitest';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { headerOf, jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';

const api = '/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';

const add: CustomApi = {
  uniqueName: 'sample_Add',
  displayName: 'Add',
  isFunction: true,
  parameters: [
    { uniqueName: 'Left', type: 'Integer' },
    { uniqueName: 'Right', type: 'Decimal', optional: true },
    { uniqueName: 'Note', type: 'String', optional: true },
    { uniqueName: 'Id', type: 'Guid', optional: true },
    { uniqueName: 'Words', type: 'StringArray', optional: true },
  ],
  properties: [{ uniqueName: 'Inputs', type: 'String' }],
  execute: ({ inputs }) => ({ Inputs: JSON.stringify(inputs) }),
};
const touch: CustomApi = {
  uniqueName: 'sample_Touch',
  displayName: 'Touch',
  binding: { kind: 'entity', entity: 'systemuser' },
  parameters: [{ uniqueName: 'Note', type: 'String', optional: true }],
  properties: [{ uniqueName: 'Inputs', type: 'String' }],
  execute: ({ inputs }) => ({ Inputs: JSON.stringify(inputs) }),
};
const count: CustomApi = {
  uniqueName: 'sample_Count',
  displayName: 'Count',
  binding: { kind: 'collection', entity: 'backgroundoperation' },
  isFunction: true,
  isPrivate: true,
  parameters: [],
  properties: [{ uniqueName: 'Count', type: 'Integer' }],
  execute: () => ({ Count: 7 }),
};
const kitOf = (options = {}) => createKit({ customApis: [add, touch, count], ...options });

async function inputsOf(path: string, kit = kitOf()) {
  const answer = await kit.call('GET', `${api}${path}`);
  const json = jsonObject(answer.body);
  return answer.status === 200 ? (JSON.parse(String(json?.Inputs)) as unknown) : answer.status;
}

describe('a function', () => {
  test('takes arguments in place and by alias, numbers as they are written', async () => {
    expect(await inputsOf("sample_Add(Left=1,Right=2.5,Note='it''s, (a)')")).toEqual({
      Left: 1,
      Right: 2.5,
      Note: "it's, (a)",
    });
    const aliased = `sample_Add(Left=@p,Id=@id,Words=@w)?@p=3&@id=${initiator}&@w=["a","b"]`;
    expect(await inputsOf(aliased)).toEqual({ Left: 3, Id: initiator, Words: ['a', 'b'] });
    expect(await inputsOf('sample_Add(Left=1,Right=null)')).toEqual({ Left: 1 });
    const exact = await kitOf().call('GET', `${api}sample_Add(Left=1,Right=1234567890.1234567890123)`);
    expect(exact.body).toContain('1234567890.1234567890123');
  });

  test('refuses what it cannot read, and other methods', async () => {
    expect(await inputsOf('sample_Add')).toBe(400);
    expect(await inputsOf("sample_Add(Left='1')")).toBe(400);
    expect(await inputsOf('sample_Add(Left=1,Other=2)')).toBe(400);
    expect(await inputsOf('sample_Add(Left=1,Note=text)')).toBe(400);
    expect(await inputsOf('sample_Add(Left)')).toBe(400);
    expect((await kitOf().call('POST', `${api}sample_Add`, { body: { Left: 1 } })).status).toBe(404);
  });

  test('runs in the background, at once, or is refused, as is chosen', async () => {
    const headers = { prefer: 'respond-async' };
    const kit = kitOf();
    const accepted = await kit.call('GET', `${api}sample_Add(Left=1)`, { headers });
    expect(accepted.status).toBe(202);
    await kit.advance(1_000);
    const id = headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '';
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 30, Inputs: '{"Left":1}' });
    for (const [asyncFunction, status] of [
      ['synchronous', 200],
      ['refused', 400],
    ] as const) {
      const other = kitOf({ choices: { asyncFunction } });
      expect((await other.call('GET', `${api}sample_Add(Left=1)`, { headers })).status).toBe(status);
    }
  });
});

test('an action may be called with empty parentheses', async () => {
  const kit = kitOf();
  const path = `${api}sample_CleanupExportedDataAnnotations`;
  expect((await kit.call('POST', `${path}()`, { body: {} })).status).toBe(204);
  expect((await kit.call('POST', `${path}(a=1)`, { body: {} })).status).toBe(404);
});

describe('a bound custom API', () => {
  const path = `${api}systemusers(${initiator})/Microsoft.Dynamics.CRM.sample_Touch`;

  test('gets its row as Target', async () => {
    const answer = await kitOf().call('POST', path, { body: { Note: 'a' } });
    const inputs = JSON.parse(String(jsonObject(answer.body)?.Inputs)) as unknown;
    const type = '#Microsoft.Dynamics.CRM.systemuser';
    expect(inputs).toEqual({ Target: { '@odata.type': type, systemuserid: initiator }, Note: 'a' });
  });

  test('runs in the background', async () => {
    const kit = kitOf();
    const accepted = await kit.call('POST', path, { body: {}, headers: { prefer: 'respond-async' } });
    expect(accepted.status).toBe(202);
    await kit.advance(1_000);
    const id = headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '';
    expect(String((await kit.row(id))?.inputparameters)).toContain('"Key":"Target"');
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 30 });
  });

  test('is found at its table only, with its namespace, and for a row that exists', async () => {
    const kit = kitOf();
    const status = async (tail: string, method = 'POST') =>
      (await kit.call(method, `${api}${tail}`, method === 'POST' ? { body: {} } : {})).status;
    expect(await status('sample_Touch')).toBe(404);
    expect(await status(`systemusers(${initiator})/sample_Touch`)).toBe(404);
    expect(await status(`organizations(${initiator})/Microsoft.Dynamics.CRM.sample_Touch`)).toBe(404);
    expect(await status(`systemusers(${crypto.randomUUID()})/Microsoft.Dynamics.CRM.sample_Touch`)).toBe(404);
    expect(await status(path.slice(api.length), 'GET')).toBe(404);
    const body = { Target: { systemuserid: initiator } };
    expect((await kit.call('POST', path, { body })).status).toBe(400);
  });

  test('of a collection is called behind its set, and hidden where it is private', async () => {
    const kit = kitOf();
    const called = 'backgroundoperations/Microsoft.Dynamics.CRM.sample_Count()';
    expect(jsonObject((await kit.call('GET', `${api}${called}`)).body)?.Count).toBe(7);
    const xml = (await kit.call('GET', `${api}$metadata`)).body ?? '';
    expect(xml).not.toContain('sample_Count');
    expect(xml).toContain('<Action Name="sample_Touch" IsBound="true">');
    expect(xml).toContain('<Parameter Name="entity" Type="mscrm.systemuser" Nullable="false" />');
    expect(xml).not.toContain('<ActionImport Name="sample_Touch"');
    expect(xml).toContain('<FunctionImport Name="sample_Add"');
  });
});

test('functions and bound custom APIs can be registered', async () => {
  const kit = createKit();
  const row = {
    uniquename: 'new_Describe',
    name: 'Describe',
    displayname: 'Describe',
    description: 'Describes a custom API.',
    bindingtype: 1,
    boundentitylogicalname: 'customapi',
    isfunction: true,
    isprivate: true,
  };
  const made = await kit.call('POST', `${api}customapis`, { body: row });
  const self = headerOf(made, 'odata-entityid')?.split('/').at(-1) ?? '';
  const answer = await kit.call('GET', `${api}${self}/Microsoft.Dynamics.CRM.new_Describe()`);
  expect(answer.status).toBe(204);
  const { boundentitylogicalname, ...unbound } = row;
  expect(boundentitylogicalname).toBe('customapi');
  expect((await kit.call('POST', `${api}customapis`, { body: unbound })).status).toBe(400);
});
