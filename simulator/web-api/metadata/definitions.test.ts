import { describe, expect, test } from 'vitest';
import { jsonObject } from '../../plain.ts';
import { createKit } from '../../test-kit.ts';

const api = '/api/data/v9.2/';
type Row = Record<string, unknown>;

async function get(path: string, kit = createKit()) {
  const { status, body } = await kit.call('GET', `${api}${path}`);
  const json = jsonObject(body) ?? {};
  return { status, json, rows: json.value as Row[], error: json.error as Row | undefined };
}

describe('EntityDefinitions', () => {
  test('lists every table with what a client maps names by', async () => {
    const { json, rows } = await get('EntityDefinitions?$select=EntitySetName,LogicalName');
    expect(json['@odata.context']).toBe(
      'https://contoso.example/api/data/v9.2/$metadata#EntityDefinitions(EntitySetName,LogicalName)',
    );
    expect(rows.map(({ EntitySetName }) => EntitySetName)).toEqual(
      expect.arrayContaining(['backgroundoperations', 'customapis', 'systemusers', 'organizations']),
    );
    expect(Object.keys(rows[0] ?? {})).toEqual(['EntitySetName', 'LogicalName', 'MetadataId']);
  });

  test('finds a table by its name in any casing, by SchemaName and by MetadataId', async () => {
    const { json } = await get("EntityDefinitions(LogicalName='backgroundoperation')");
    expect(json).toMatchObject({
      SchemaName: 'BackgroundOperation',
      PrimaryIdAttribute: 'backgroundoperationid',
      TableType: 'Elastic',
      DisplayName: { UserLocalizedLabel: { Label: 'Background Operation', LanguageCode: 1033 } },
    });
    const { json: byId } = await get(`EntityDefinitions(${String(json.MetadataId)})?$select=LogicalName`);
    expect(byId).toMatchObject({ LogicalName: 'backgroundoperation' });
    expect((await get("EntityDefinitions(SchemaName='CustomAPI')/EntitySetName")).json.value).toBe(
      'customapis',
    );
  });

  test('refuses what Dataverse does not know', async () => {
    expect(await get("EntityDefinitions(LogicalName='account')")).toMatchObject({ status: 404 });
    expect(await get('EntityDefinitions(nonsense)')).toMatchObject({ status: 400 });
    expect(await get('EntityDefinitions?$select=Nonsense')).toMatchObject({
      status: 400,
      error: { code: '0x0' },
    });
    expect(await get('EntityDefinitions?$top=1')).toMatchObject({
      status: 400,
      error: { message: "The query parameter '$top' is not supported." },
    });
    const { status } = await createKit().call('POST', `${api}EntityDefinitions`, { body: {} });
    expect(status).toBe(405);
  });

  test('filters by values, by managed properties and by enumerations', async () => {
    const elastic = await get(
      "EntityDefinitions?$filter=TableType eq 'Elastic'&$select=LogicalName&$count=true",
    );
    expect(elastic.json).toMatchObject({
      '@odata.count': 1,
      value: [{ LogicalName: 'backgroundoperation' }],
    });
    const none = await get(
      'EntityDefinitions?$filter=IsCustomEntity eq true or IsCustomizable/Value eq true',
    );
    expect(none.rows).toEqual([]);
    const lookups = await get(
      "EntityDefinitions(LogicalName='customapirequestparameter')/Attributes?$select=LogicalName" +
        "&$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Lookup' and IsValidForCreate eq true",
    );
    expect(lookups.rows).toEqual([
      {
        '@odata.type': '#Microsoft.Dynamics.CRM.LookupAttributeMetadata',
        LogicalName: 'customapiid',
        MetadataId: expect.any(String) as string,
      },
    ]);
  });

  test('expands attributes with options of their own', async () => {
    const { json } = await get(
      "EntityDefinitions(LogicalName='customapi')?$select=LogicalName&$expand=" +
        'Attributes($select=LogicalName,AttributeType;$filter=IsPrimaryId eq true),Keys',
    );
    expect(json.Attributes).toMatchObject([
      { LogicalName: 'customapiid', AttributeType: 'Uniqueidentifier' },
    ]);
    expect(json.Keys).toEqual([]);
    expect(await get('EntityDefinitions?$expand=Nonsense')).toMatchObject({ status: 400 });
    expect(await get('EntityDefinitions?$expand=Attributes(')).toMatchObject({ status: 400 });
  });
});

describe('Attributes', () => {
  const table = "EntityDefinitions(LogicalName='backgroundoperation')/Attributes";

  test('are those that the table serves', async () => {
    const kit = createKit();
    const { rows } = await get(`${table}?$select=LogicalName`, kit);
    const row = await kit.row(await kit.submit());
    const shown = Object.keys(row ?? {}).filter((name) => !name.includes('@'));
    const attributes = shown.map((name) => name.replace(/^_(\w+)_value$/, '$1'));
    expect(rows.map(({ LogicalName }) => LogicalName).sort()).toEqual(attributes.sort());
  });

  test('are cast to a type, whose choices can be expanded', async () => {
    const picklist = `${table}(LogicalName='backgroundoperationstatuscode')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`;
    const { json } = await get(
      `${picklist}?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet`,
    );
    const options = (json.OptionSet as { Options: { Value: number }[] }).Options;
    expect(options.map(({ Value }) => Value)).toEqual([0, 20, 22, 30, 31, 32]);
    expect(json.GlobalOptionSet).toBeNull();
    expect((await get(`${picklist}/OptionSet`)).json).toMatchObject({ OptionSetType: 'Picklist' });
    expect((await get(`${table}/Microsoft.Dynamics.CRM.StringAttributeMetadata`)).rows).toContainEqual(
      expect.objectContaining({ LogicalName: 'name', MaxLength: 4000 }),
    );
    const wrong = `${table}(LogicalName='name')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`;
    expect(await get(wrong)).toMatchObject({ status: 404 });
  });
});

test('relationships and global choices are served from the same definitions', async () => {
  const many = await get("EntityDefinitions(LogicalName='customapi')/OneToManyRelationships");
  expect(many.rows).toContainEqual(
    expect.objectContaining({
      ReferencingEntity: 'customapirequestparameter',
      ReferencedEntityNavigationPropertyName: 'CustomAPIRequestParameters',
      ReferencingEntityNavigationPropertyName: 'CustomAPIId',
    }),
  );
  const one = await get("RelationshipDefinitions(SchemaName='plugintype_customapi')");
  expect(one.json).toMatchObject({ '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata' });
  const choice = await get("GlobalOptionSetDefinitions(Name='customapifieldtype')");
  expect((choice.json.Options as unknown[]).length).toBe(13);
});
