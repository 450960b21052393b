import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';

const root = '/api/data/v9.2/';

/** Creates a row; its id, or status and code of the refusal. */
async function create(kit: Kit, set: string, body: unknown): Promise<string> {
  const answer = await kit.call('POST', `${root}${set}`, { body });
  const id = /\(([^)]+)\)$/.exec(headerOf(answer, 'odata-entityid') ?? '')?.[1];
  const { error } = (jsonObject(answer.body) ?? {}) as { error?: { code: string } };
  return id ?? `${answer.status} ${error?.code ?? ''}`;
}

async function rows(kit: Kit, set: string, filter: string): Promise<Record<string, unknown>[]> {
  const answer = await kit.call('GET', `${root}${set}?$filter=${encodeURIComponent(filter)}`);
  return jsonObject(answer.body)?.value as Record<string, unknown>[];
}

describe('a custom API that is created as the documentation shows it', () => {
  const { customizable, ...documented } = {
    customizable: { iscustomizable: { Value: false } },
    allowedcustomprocessingsteptype: 0,
    boundentitylogicalname: null,
    uniquename: 'sample_CustomAPIExample',
    displayname: 'Custom API Example',
    bindingtype: 0,
    executeprivilegename: null,
    isfunction: false,
    isprivate: false,
    name: 'sample_CustomAPIExample',
    description: 'A simple example of a custom API',
  };
  const parameter = {
    type: 10,
    isoptional: false,
    displayname: 'Custom API Example String Parameter',
    name: 'sample_CustomAPIExample.StringParameter',
    uniquename: 'StringParameter',
    logicalentityname: null,
    description: 'The StringParameter request parameter',
    ...customizable,
  };
  const property = { ...parameter, uniquename: 'StringProperty', isoptional: undefined };
  const whole = (properties: readonly unknown[]) => ({
    ...documented,
    ...customizable,
    CustomAPIRequestParameters: [parameter],
    CustomAPIResponseProperties: properties,
  });

  it('comes with its parameters and properties in one request', async () => {
    const kit = createKit();
    const id = await create(kit, 'customapis', whole([property]));
    const found = await rows(kit, 'customapirequestparameters', `_customapiid_value eq ${id}`);
    expect(found).toMatchObject([{ uniquename: 'StringParameter', iscustomizable: { Value: false } }]);
    const answer = await kit.call('POST', `${root}sample_CustomAPIExample`, { body: {} });
    expect(jsonObject(answer.body)?.error).toMatchObject({ code: '0x80040203' });
    expect(await rows(kit, 'customapis', 'iscustomizable/Value eq false')).toMatchObject([
      { customapiid: id, iscustomizable: { Value: false, CanBeChanged: true } },
    ]);
  });

  it('is not there at all where one of them is refused', async () => {
    const kit = createKit();
    expect(await create(kit, 'customapis', whole([property, property]))).toMatch(/^4/);
    expect(await create(kit, 'customapis', whole(['text']))).toBe('400 0x80060888');
    expect(await rows(kit, 'customapis', "uniquename eq 'sample_CustomAPIExample'")).toEqual([]);
    expect(await rows(kit, 'customapirequestparameters', "uniquename eq 'StringParameter'")).toEqual([]);
    expect((await kit.call('POST', `${root}sample_CustomAPIExample`, { body: {} })).status).toBe(404);
  });

  it('shows what the platform writes', async () => {
    const kit = createKit();
    const id = await create(kit, 'customapis', documented);
    await kit.advance(60_000);
    await kit.call('PATCH', `${root}customapis(${id})`, { body: { displayname: 'Other' } });
    const query =
      '$select=ismanaged,componentstate,statecode,statuscode,createdon,modifiedon,solutionid&$expand=modifiedby($select=fullname)';
    const answer = await kit.call('GET', `${root}customapis(${id})?${query}`);
    expect(jsonObject(answer.body)).toMatchObject({
      ismanaged: false,
      componentstate: 0,
      statecode: 0,
      statuscode: 1,
      createdon: '2026-01-01T00:00:00Z',
      modifiedon: '2026-01-01T00:01:00Z',
      modifiedby: { fullname: 'Initiator' },
    });
  });
});
