import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';

const root = '/api/data/v9.2/';
const api = {
  uniquename: 'bgop_Probe',
  name: 'bgop_Probe',
  displayname: 'Probe',
  description: 'A probe',
};
const content = btoa('MZ\0Bgop.Probe\0ProbePlugin\0');
const assembly = {
  name: 'Bgop.Probe',
  version: '1.0.0.0',
  culture: 'neutral',
  publickeytoken: '0123456789abcdef',
  content,
  isolationmode: 2,
  sourcetype: 0,
};

/** Creates a row; its id, or status and code of the refusal. */
async function create(kit: Kit, set: string, body: unknown): Promise<string> {
  const answer = await kit.call('POST', `${root}${set}`, { body });
  const id = /\(([^)]+)\)$/.exec(headerOf(answer, 'odata-entityid') ?? '')?.[1];
  return id ?? `${answer.status} ${codeOf(answer.body)}`;
}

function codeOf(body: string | undefined): string {
  return (jsonObject(body)?.error as { code: string } | undefined)?.code ?? '';
}

async function rows(kit: Kit, set: string, filter: string): Promise<Record<string, unknown>[]> {
  const answer = await kit.call('GET', `${root}${set}?$filter=${encodeURIComponent(filter)}`);
  return jsonObject(answer.body)?.value as Record<string, unknown>[];
}

const member = (apiId: string, name: string, more: object = {}) => ({
  uniquename: name,
  name: `bgop_Probe.${name}`,
  displayname: name,
  description: name,
  type: 10,
  'CustomAPIId@odata.bind': `/customapis(${apiId})`,
  ...more,
});

/** A custom API with a parameter and two properties, linked to the class of our plug-in if wanted. */
async function register(kit: Kit, plugIn = true) {
  const apiId = await create(kit, 'customapis', api);
  await create(kit, 'customapirequestparameters', member(apiId, 'ControlUrl', { isoptional: false }));
  await create(kit, 'customapiresponseproperties', member(apiId, 'Text'));
  await create(kit, 'customapiresponseproperties', member(apiId, 'Count', { type: 7 }));
  if (!plugIn) return { apiId, typeId: '', assemblyId: '' };
  const assemblyId = await create(kit, 'pluginassemblies', assembly);
  const typeId = await create(kit, 'plugintypes', {
    typename: 'Bgop.Probe.ProbePlugin',
    name: 'Bgop.Probe.ProbePlugin',
    friendlyname: 'probe',
    'pluginassemblyid@odata.bind': `/pluginassemblies(${assemblyId})`,
  });
  await kit.call('PATCH', `${root}customapis(${apiId})`, {
    body: { 'PluginTypeId@odata.bind': `/plugintypes(${typeId})` },
  });
  return { apiId, typeId, assemblyId };
}

const call = (kit: Kit, body: unknown = { ControlUrl: 'http://listener/ok' }) =>
  kit.call('POST', `${root}bgop_Probe`, { body });

describe('a registered custom API', () => {
  it('is there from its registration on, and does what its plug-in does', async () => {
    const kit = createKit({ probe: false });
    expect((await call(kit)).status).toBe(404);
    await register(kit);
    expect(jsonObject((await call(kit)).body)).toMatchObject({ Text: 'done', Count: 3 });
    const id = await kit.submit();
    await kit.advance(1);
    expect(await kit.monitor(id)).toMatchObject({ Text: 'done', backgroundOperationStatusCode: 30 });
    expect((await kit.row(id))?.displayname).toBe('Probe');
  });

  it('does nothing and sets no output without a plug-in', async () => {
    const kit = createKit({ probe: false });
    await register(kit, false);
    expect(jsonObject((await call(kit)).body)).toMatchObject({ Text: null, Count: null });
    const id = await kit.submit();
    await kit.advance(1);
    expect(await kit.monitor(id)).toEqual({
      backgroundOperationStateCode: 3,
      backgroundOperationStatusCode: 30,
    });
    expect(kit.sent).toEqual([]);
  });

  it('takes the parameters that are registered, and no others', async () => {
    const kit = createKit({ probe: false });
    const { apiId } = await register(kit);
    expect((await call(kit, {})).status).toBe(400);
    expect((await call(kit, { ControlUrl: 'http://listener/', Payload: 'x' })).status).toBe(400);
    await create(kit, 'customapirequestparameters', member(apiId, 'Payload', { isoptional: true }));
    expect((await call(kit, { ControlUrl: 'http://listener/', Payload: 'x' })).status).toBe(200);
    expect(jsonObject(kit.sent.at(-1)?.body)).toMatchObject({ payload: 'x' });
  });

  it('says so where its plug-in is one that the simulator cannot execute', async () => {
    const kit = createKit({ probe: false });
    const { apiId, assemblyId } = await register(kit);
    await kit.call('PATCH', `${root}pluginassemblies(${assemblyId})`, {
      body: { content: btoa('MZ\0Bgop.Probe\0ProbePlugin\0Other\0') },
    });
    const other = await create(kit, 'plugintypes', {
      typename: 'Bgop.Probe.Other',
      friendlyname: 'other',
      'pluginassemblyid@odata.bind': `pluginassemblies(${assemblyId})`,
    });
    await kit.call('PATCH', `${root}customapis(${apiId})`, {
      body: { 'PluginTypeId@odata.bind': `plugintypes(${other})` },
    });
    expect((await call(kit)).body).toContain('not for Bgop.Probe.Other');
  });

  it('is found by its name and its parts by their custom API', async () => {
    const kit = createKit({ probe: false });
    const { apiId, typeId } = await register(kit);
    expect(await rows(kit, 'customapis', "uniquename eq 'bgop_Probe'")).toMatchObject([
      { customapiid: apiId, _plugintypeid_value: typeId, isfunction: false, bindingtype: 0 },
    ]);
    const parts = await rows(kit, 'customapiresponseproperties', `_customapiid_value eq ${apiId}`);
    expect(parts.map(({ uniquename, type }) => [uniquename, type])).toEqual(
      expect.arrayContaining([
        ['Text', 10],
        ['Count', 7],
      ]),
    );
  });

  it('takes its parts along when it is deleted', async () => {
    const kit = createKit({ probe: false });
    const { apiId } = await register(kit);
    expect((await kit.call('DELETE', `${root}customapis(${apiId})`)).status).toBe(204);
    expect(await rows(kit, 'customapirequestparameters', `_customapiid_value eq ${apiId}`)).toEqual([]);
    expect(await rows(kit, 'customapiresponseproperties', `_customapiid_value eq ${apiId}`)).toEqual([]);
    expect((await call(kit)).status).toBe(404);
  });
});

describe('what cannot be registered', () => {
  it.each([
    ['customapis', { ...api, uniquename: 'Probe' }, '400 0x80040203'],
    ['customapis', { ...api, uniquename: 'sample_echo' }, '412 0x80060892'],
    ['customapis', { ...api, description: undefined }, '400 0x80040203'],
    ['customapis', { ...api, displayname: 'x'.repeat(101) }, '400 0x80044331'],
    ['customapis', { ...api, bindingtype: 1 }, '400 0x80040203'],
    ['customapis', { ...api, isprivate: 'no' }, '400 0x80048d19'],
    ['customapis', { ...api, bindingtype: 7 }, '400 0x80040203'],
    ['customapis', { ...api, colour: 'red' }, '400 0x80048d19'],
    ['customapis', { ...api, 'plugintypeid@odata.bind': null }, '400 0x80048d19'],
    ['customapis', { ...api, 'PluginTypeId@odata.bind': 'x' }, '400 0x80060888'],
    [
      'customapis',
      { ...api, 'PluginTypeId@odata.bind': '/plugintypes(00000000-0000-4000-8000-000000000000)' },
      '404 0x80040217',
    ],
    ['customapirequestparameters', { ...member('', 'X'), 'CustomAPIId@odata.bind': null }, '400 0x80040203'],
    ['pluginassemblies', { ...assembly, content: btoa('no assembly') }, '400 0x80040203'],
    ['pluginassemblies', { ...assembly, content: '§' }, '400 0x80040203'],
    ['pluginassemblies', { ...assembly, isolationmode: 1 }, '400 0x80040203'],
  ])('%s: %j', async (set, body, refusal) => {
    expect(await create(createKit(), set, body)).toBe(refusal);
  });

  it('is a second row of the same name, and a class that the assembly does not hold', async () => {
    const kit = createKit({ probe: false });
    const { apiId, assemblyId } = await register(kit);
    expect(await create(kit, 'customapis', { ...api, uniquename: 'BGOP_PROBE' })).toBe('412 0x80060892');
    expect(await create(kit, 'customapirequestparameters', member(apiId, 'ControlUrl'))).toBe(
      '412 0x80060892',
    );
    expect(await create(kit, 'pluginassemblies', { ...assembly, version: '1.0.7.0' })).toBe('412 0x80040237');
    const type = {
      friendlyname: 'x',
      'pluginassemblyid@odata.bind': `/pluginassemblies(${assemblyId})`,
    };
    expect(await create(kit, 'plugintypes', { ...type, typename: 'Bgop.Probe.Other' })).toBe(
      '400 0x8004418b',
    );
    expect(await create(kit, 'plugintypes', { ...type, typename: 'Bgop.Probe.ProbePlugin' })).toBe(
      '412 0x80060892',
    );
  });
});

describe('what cannot be changed or deleted', () => {
  it('is what the documentation calls fixed', async () => {
    const kit = createKit({ probe: false });
    const { apiId } = await register(kit);
    const [text] = await rows(kit, 'customapiresponseproperties', "uniquename eq 'Text'");
    const patch = async (path: string, body: unknown) =>
      (await kit.call('PATCH', `${root}${path}`, { body })).status;
    expect(await patch(`customapis(${apiId})`, { uniquename: 'bgop_Other' })).toBe(400);
    expect(await patch(`customapis(${apiId})`, { allowedcustomprocessingsteptype: 2 })).toBe(400);
    expect(await patch(`customapis(${apiId})`, { uniquename: 'bgop_Probe', displayname: 'New' })).toBe(204);
    const property = `customapiresponseproperties(${String(text?.customapiresponsepropertyid)})`;
    expect(await patch(property, { type: 7 })).toBe(400);
    expect(await patch(property, { description: 'Other' })).toBe(204);
  });

  it('is plug-in code in use', async () => {
    const kit = createKit({ probe: false });
    const { apiId, typeId, assemblyId } = await register(kit);
    for (const path of [`plugintypes(${typeId})`, `pluginassemblies(${assemblyId})`]) {
      const answer = await kit.call('DELETE', `${root}${path}`);
      expect([answer.status, codeOf(answer.body)]).toEqual([400, '0x8004f01f']);
    }
    await kit.call('PATCH', `${root}customapis(${apiId})`, { body: { 'PluginTypeId@odata.bind': null } });
    expect((await kit.call('DELETE', `${root}pluginassemblies(${assemblyId})`)).status).toBe(204);
    expect(await rows(kit, 'plugintypes', `plugintypeid eq ${typeId}`)).toEqual([]);
  });

  it('is an assembly’s identity, and a class that is registered', async () => {
    const kit = createKit({ probe: false });
    const { assemblyId } = await register(kit);
    const patch = async (body: unknown) =>
      codeOf((await kit.call('PATCH', `${root}pluginassemblies(${assemblyId})`, { body })).body);
    expect(await patch({ publickeytoken: 'fedcba9876543210' })).toBe('0x8004418b');
    expect(await patch({ version: '1.1.0.0' })).toBe('0x8004418b');
    expect(await patch({ content: btoa('MZ\0Bgop.Probe\0Renamed\0') })).toBe('0x8004418b');
    expect(await patch({ version: '1.0.9.9', content })).toBe('');
  });

  it('is what comes with the simulator', async () => {
    const kit = createKit();
    const [probe] = await rows(kit, 'customapis', "uniquename eq 'bgop_Probe'");
    const parts = await rows(
      kit,
      'customapirequestparameters',
      `_customapiid_value eq ${String(probe?.customapiid)}`,
    );
    expect(parts.map(({ uniquename, isoptional }) => [uniquename, isoptional])).toEqual(
      expect.arrayContaining([
        ['ControlUrl', false],
        ['Payload', true],
      ]),
    );
    const path = `${root}customapis(${String(probe?.customapiid)})`;
    expect((await kit.call('PATCH', path, { body: { displayname: 'x' } })).status).toBe(400);
    expect((await kit.call('DELETE', path)).status).toBe(400);
    expect((await call(kit)).status).toBe(200);
  });

  it('is anything by a user without privileges', async () => {
    const kit = createKit({ probe: false });
    const { apiId } = await register(kit);
    const token = 'token-unprivileged';
    expect((await kit.call('POST', `${root}customapis`, { body: api, token })).status).toBe(403);
    expect((await kit.call('PATCH', `${root}customapis(${apiId})`, { body: {}, token })).status).toBe(403);
    expect((await kit.call('DELETE', `${root}customapis(${apiId})`, { token })).status).toBe(403);
  });
});
