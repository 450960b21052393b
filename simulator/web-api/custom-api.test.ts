import { describe, expect, it } from 'vitest';
import type { Json } from '../core/operation.ts';
import { parameterTypes } from '../core/operation.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { headerOf, jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';

const good: Readonly<Record<string, Json>> = {
  Boolean: false,
  DateTime: '2026-02-28T23:59:59.123Z',
  Decimal: -0.5,
  Entity: { '@odata.type': 'Microsoft.Dynamics.CRM.account', name: 'x' },
  EntityCollection: [{ '@odata.type': 'Microsoft.Dynamics.CRM.account' }],
  EntityReference: { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: 'x' },
  Float: 1e300,
  Integer: -2147483648,
  Money: 12.34,
  Picklist: 5,
  String: '😀 \u0000 "',
  StringArray: ['a', ''],
  Guid: '3C1B6F0E-8D52-4C0E-9A43-5F0D6D1C0A01',
};
const bad: Readonly<Record<string, readonly Json[]>> = {
  Boolean: ['true', 0],
  DateTime: ['yesterday', '2026-13-01T00:00:00Z', '2026-01-01', 5],
  Decimal: ['1', 1e29],
  Entity: ['x', []],
  EntityCollection: [{}, ['x']],
  EntityReference: [1],
  Float: ['1.5', true],
  Integer: [1.5, 2147483648, '1'],
  Money: ['1'],
  Picklist: [0.1],
  String: [1, {}],
  StringArray: ['a', [1]],
  Guid: ['x', '3C1B6F0E8D524C0E9A435F0D6D1C0A01'],
};
const echo = '/api/data/v9.2/sample_Echo';

describe('a custom API', () => {
  it('gives back every type unchanged, synchronously', async () => {
    const body = Object.fromEntries(parameterTypes.map((type) => [`${type}Value`, good[type]]));
    const answer = await createKit().call('POST', echo, { body });
    expect(answer.status).toBe(200);
    expect(jsonObject(answer.body)).toEqual({
      '@odata.context':
        'https://contoso.example/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.sample_EchoResponse',
      ...body,
    });
  });

  it.each(parameterTypes.flatMap((type) => (bad[type] ?? []).map((value) => [type, value] as const)))(
    'refuses for %s the value %j before it is accepted',
    async (type, value) => {
      const answer = await createKit().call('POST', echo, {
        body: { [`${type}Value`]: value },
        headers: { prefer: 'respond-async' },
      });
      expect(answer.status).toBe(400);
      expect(jsonObject(answer.body)).toMatchObject({
        error: { code: '0x80048d19', message: expect.stringContaining('to the expected type') as string },
      });
    },
  );

  it('names an unknown parameter', async () => {
    const answer = await createKit().call('POST', echo, { body: { Nope: 1 } });
    expect(jsonObject(answer.body)).toMatchObject({
      error: {
        code: '0x80048d19',
        message: expect.stringContaining(
          "The parameter 'Nope' in the request payload is not a valid parameter for the operation 'sample_Echo'.",
        ) as string,
      },
    });
  });

  it.each([undefined, '', '{}', '{"ControlUrl":null}'])('wants its required parameter: %j', async (body) => {
    const answer = await createKit().call('POST', '/api/data/v9.2/bgop_Probe', { body });
    expect(answer.status).toBe(400);
  });

  it.each(['{', '[]', '1', 'null', '"x"', '{"a":1}x'])('refuses the body %s', async (body) => {
    expect((await createKit().call('POST', echo, { body })).status).toBe(400);
  });

  it('answers 204 if it has no response properties', async () => {
    const answer = await createKit().call('POST', '/api/data/v9.2/sample_CleanupExportedDataAnnotations');
    expect([answer.status, answer.body]).toEqual([204, undefined]);
  });

  it('is found by POST and in its own casing only', async () => {
    const kit = createKit();
    expect((await kit.call('GET', echo)).status).toBe(404);
    expect((await kit.call('POST', echo.toLowerCase())).status).toBe(404);
  });

  it.each([
    [-2147187707, 403, '0x80048405'],
    [-2147220969, 404, '0x80040217'],
    [-5, 400, '0xfffffffb'],
    [undefined, 400, '0x80040265'],
  ])('answers a synchronous failure of code %s with %d and %s', async (errorCode, status, code) => {
    const kit = createKit({}, () => ({ outcome: 'fail', errorMessage: 'no', errorCode }));
    const answer = await kit.call('POST', '/api/data/v9.2/bgop_Probe', {
      body: { ControlUrl: 'http://listener/' },
    });
    expect([answer.status, jsonObject(answer.body)]).toEqual([status, { error: { code, message: 'no' } }]);
    expect(headerOf(answer, 'x-ms-dyn-backgroundoperationid')).toBeUndefined();
    expect(kit.sent).toHaveLength(1);
  });

  it('can be defined by the user', async () => {
    const half: CustomApi = {
      uniqueName: 'my_Half',
      displayName: 'Half',
      parameters: [{ uniqueName: 'Of', type: 'Integer' }],
      properties: [{ uniqueName: 'Is', type: 'Decimal' }],
      execute: async ({ inputs, pause }) => {
        await pause(5000);
        return { Is: Number(inputs.Of) / 2 };
      },
    };
    const kit = createKit({ customApis: [half] });
    const accepted = await kit.call('POST', '/api/data/v9.2/my_Half', {
      body: { Of: 5 },
      headers: { prefer: 'respond-async' },
    });
    const id = headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '';
    await kit.advance(5000);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 20 });
    await kit.advance(1);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 30, Is: 2.5 });
    expect(await kit.row(id)).toMatchObject({
      name: 'my_Half',
      displayname: 'Half',
      inputparameters: '[{"Key":"Of","Value":5}]',
      outputparameters: '[{"Key":"Is","Value":2.5}]',
    });
  });
});

describe('the probe', () => {
  it.each([
    ['another status', { status: 500, body: '' }, 'answered 500'],
    ['no JSON', { status: 200, body: '<html>' }, 'no JSON object'],
    ['an unknown outcome', { outcome: 'maybe' }, 'unknown outcome'],
    ['a pause without length', { outcome: 'continue' }, 'number of milliseconds'],
    ['an undeclared output', { outcome: 'succeed', outputs: { Nope: 1 } }, "'Nope'"],
    ['an output of another type', { outcome: 'succeed', outputs: { Count: 'x' } }, 'is no Integer'],
  ])('fails with a message on %s', async (_case, answer, message) => {
    const kit = createKit({}, () => answer);
    const id = await kit.submit();
    await kit.advance(3_600_000);
    expect(await kit.monitor(id)).toMatchObject({
      backgroundOperationErrorCode: 0,
      backgroundOperationErrorMessage: expect.stringContaining(message) as string,
    });
  });

  it('fails when nobody answers', async () => {
    const kit = createKit({}, () => Promise.reject(new Error('connection refused')));
    const id = await kit.submit();
    await kit.advance(3_600_000);
    expect(await kit.monitor(id)).toMatchObject({
      backgroundOperationErrorMessage: 'ControlUrl gave no answer: connection refused',
    });
  });
});
