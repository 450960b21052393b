import { describe, expect, it } from 'vitest';
import { jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';
import { getRows, webApiPath } from './get-rows.fixture.ts';

/** Queries of standard tables as the documentation writes them. */
const root = 'https://contoso.example/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
type Row = Record<string, unknown>;

const names = async (filter: string) => {
  const kit = createKit();
  const { rows, error } = await getRows(kit, `customapis?$select=uniquename&$filter=${filter}`);
  return error?.code ?? rows.map(({ uniquename }) => uniquename).toSorted();
};

describe('a condition on a collection', () => {
  const withInputs = ['bgop_Probe', 'sample_Echo', 'sample_ExportDataUsingFetchXmlToAnnotation'];
  const without = ['OnBackgroundOperationComplete', 'sample_CleanupExportedDataAnnotations'];
  const all = [...withInputs, ...without].toSorted();

  it.each<[string, unknown]>([
    ['CustomAPIRequestParameters/any()', withInputs],
    ['not CustomAPIRequestParameters/any()', without],
    ["CustomAPIRequestParameters/any(p:p/uniquename eq 'FetchXml')", [withInputs[2]]],
    ["CustomAPIRequestParameters/any(p: contains(p/uniquename,'fetch') and p/type eq 10)", [withInputs[2]]],
    ["CustomAPIRequestParameters/any(p:contains(p/uniquename,'fetch') and p/type eq 7)", []],
    ['CustomAPIRequestParameters/all(p:p/type ne 7)', all.filter((name) => name !== 'sample_Echo')],
    ["CustomAPIRequestParameters/any(p:p/CustomAPIId/uniquename eq 'sample_Echo')", ['sample_Echo']],
    [
      "CustomAPIRequestParameters/any(p:p/type eq 7) and (uniquename eq 'sample_Echo' or isfunction eq true)",
      ['sample_Echo'],
    ],
    ['CustomAPIResponseProperties/all(r:r/type ge 0)', all],
    ['CustomAPIRequestParameters/all()', '0x80060888'],
    ['CustomAPIRequestParameters/any(p:p/nothing eq 1)', '0x0'],
    ['CustomAPIRequestParameters/any(p:type eq 1)', '0x0'],
    ['CustomAPIRequestParameters/any(p:p/type)', '0x80060888'],
    ['CustomAPIRequestParameters/any(p:p/type eq 7', '0x80060888'],
    ["CustomAPIRequestParameters/any('x')", '0x80060888'],
    ['Nothing/any()', '0x80060888'],
  ])('%s', async (filter, found) => {
    expect(await names(filter)).toEqual(found);
  });

  it('nests, and counts towards the limits of a filter', async () => {
    const kit = createKit();
    const inner = "r/uniquename eq 'x'";
    const deep = `serviceendpoint_sdkmessageprocessingstep/any(s:s/name eq 'a' and s/sdkmessageid/sdkmessageid_sdkmessageprocessingstep/any(r:${inner}))`;
    expect((await getRows(kit, `serviceendpoints?$filter=${deep}`)).status).toBe(400);
    const many = Array.from({ length: 501 }, () => 'p/type eq 7').join(' or ');
    const { error } = await getRows(kit, `customapis?$filter=CustomAPIRequestParameters/any(p:${many})`);
    expect(error?.code).toBe('0x8004430c');
  });
});

describe('$expand', () => {
  const echo = "customapis?$select=uniquename&$filter=uniquename eq 'sample_Echo'";

  it('links to the rows of a collection by themselves', async () => {
    const kit = createKit();
    const { rows } = await getRows(
      kit,
      `${echo}&$expand=CustomAPIRequestParameters($select=uniquename;$filter=startswith(uniquename,'D')),CustomAPIResponseProperties`,
    );
    const [row] = rows;
    const address = `${root}customapis(${String(row?.customapiid)})/`;
    expect(row?.['CustomAPIRequestParameters@odata.nextLink']).toBe(
      `${address}CustomAPIRequestParameters?$select=uniquename;$filter=startswith(uniquename,'D')`.replace(
        ';',
        '&',
      ),
    );
    expect(row?.['CustomAPIResponseProperties@odata.nextLink']).toBe(`${address}CustomAPIResponseProperties`);
    const link = String(row?.['CustomAPIRequestParameters@odata.nextLink']).slice(root.length);
    expect((await getRows(kit, link)).rows).toEqual(row?.CustomAPIRequestParameters);
  });

  it('answers addresses with /$ref, of lookups only', async () => {
    const kit = createKit();
    const { json, rows } = await getRows(kit, 'systemusers?$select=fullname&$expand=businessunitid/$ref');
    expect(json['@odata.context']).toBe(
      `${root}$metadata#systemusers(fullname,businessunitid,businessunitid/$ref())`,
    );
    const unit = String((await getRows(kit, 'WhoAmI')).json.BusinessUnitId);
    expect(rows[0]?.businessunitid).toEqual({ '@odata.id': `${root}businessunits(${unit})` });
    const { error } = await getRows(kit, 'customapis?$expand=CustomAPIRequestParameters/$ref');
    expect(error).toEqual({
      code: '0x80060888',
      message: 'Expand with $ref is only supported on lookup type navigation property.',
    });
  });

  it.each(['$top=1', '$orderby=createdon'])('refuses %s beside a nested expansion', async (option) => {
    const query = `CustomAPIRequestParameters(${option};$expand=CustomAPIId($select=name))`;
    const { error } = await getRows(createKit(), `customapis?$expand=${query}`);
    expect(error?.code).toBe('0x80060888');
    expect(error?.message).toContain('Only $select and $filter clause can be provided');
  });

  it('shows a user with the key of a principal, chosen or not', async () => {
    const { rows } = await getRows(
      createKit(),
      'businessunits?$expand=business_unit_system_users($select=fullname)',
    );
    const [user] = rows[0]?.business_unit_system_users as Row[];
    expect(user).toMatchObject({ systemuserid: initiator, ownerid: initiator, fullname: 'Initiator' });
    expect(user).not.toHaveProperty('domainname');
  });
});

describe('a reference', () => {
  it('is read of a lookup of an operation, as of any other row', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const { json } = await getRows(kit, `backgroundoperations(${id})/createdby/$ref`);
    expect(json).toEqual({
      '@odata.context': `${root}$metadata#$ref`,
      '@odata.id': `${root}systemusers(${initiator})`,
    });
    expect((await getRows(kit, `backgroundoperations(${id})/createdby/$count`)).status).toBe(404);
  });

  it('is read of each row of a collection', async () => {
    const kit = createKit();
    const unit = String((await getRows(kit, 'WhoAmI')).json.BusinessUnitId);
    const { json, rows } = await getRows(kit, `businessunits(${unit})/business_unit_system_users/$ref`);
    expect(json['@odata.context']).toBe(`${root}$metadata#Collection($ref)`);
    expect(rows).toContainEqual({ '@odata.id': `${root}systemusers(${initiator})` });
  });
});

it('a user is found by the object id of the directory', async () => {
  const objectId = crypto.randomUUID();
  const user = { id: initiator, token: 'token-initiator', privileged: true, objectId };
  const kit = createKit({ users: [user] });
  const path = `systemusers(azureactivedirectoryobjectid=${objectId})`;
  expect((await getRows(kit, `${path}?$select=fullname`)).json).toMatchObject({ systemuserid: initiator });
  expect((await getRows(kit, `${path}/fullname`)).status).toBe(200);
  expect(
    (await getRows(kit, `systemusers(azureactivedirectoryobjectid=${crypto.randomUUID()})`)).status,
  ).toBe(404);
  expect((await getRows(kit, `systemusers(domainname='x')`)).status).toBe(400);
});

describe('metadata', () => {
  const definition = "EntityDefinitions(LogicalName='backgroundoperation')";
  const attribute = (name: string, type: string) =>
    `${definition}/Attributes(LogicalName='${name}')/Microsoft.Dynamics.CRM.${type}AttributeMetadata`;

  it('tells whether etags can be relied on, and whatever else is documented of a table', async () => {
    const names = [
      'IsOptimisticConcurrencyEnabled',
      'IsSolutionAware',
      'CreatedOn',
      'ModifiedOn',
      'CanEnableSyncToExternalSearchIndex',
      'CanBeInCustomEntityAssociation',
      'IsVisibleInMobileClient',
      'AutoCreateAccessTeams',
      'UsesBusinessDataLabelTable',
    ];
    const { status, json } = await getRows(createKit(), `${definition}?$select=${names.join(',')}`);
    expect([status, json.IsOptimisticConcurrencyEnabled]).toEqual([200, true]);
  });

  it.each([
    ['name', 'String', 'SourceTypeMask,FormulaDefinition,IsAuditEnabled,IsValidODataAttribute'],
    ['retrycount', 'Integer', 'SourceTypeMask,MaxValue'],
    ['createdon', 'DateTime', 'MinSupportedValue,MaxSupportedValue,SourceTypeMask'],
    ['backgroundoperationstatecode', 'Picklist', 'SourceTypeMask,FormulaDefinition'],
    ['createdby', 'Lookup', 'IsAuditEnabled,Targets'],
  ])('has the documented properties of %s', async (name, type, select) => {
    expect((await getRows(createKit(), `${attribute(name, type)}?$select=${select}`)).status).toBe(200);
  });

  it('names choices as the table reference does', async () => {
    for (const column of ['statecode', 'statuscode']) {
      const path = `${attribute(`backgroundoperation${column}`, 'Picklist')}/OptionSet?$select=Name`;
      expect((await getRows(createKit(), path)).json.Name).toBe(`backgroundoperation_${column}`);
    }
  });
});

it.each([
  'customapis?$select=uniquename,_ownerid_value,versionnumber,importsequencenumber&$expand=ownerid($select=fullname)',
  'customapirequestparameters?$select=statecode,versionnumber,overriddencreatedon',
  'sdkmessageprocessingsteps?$select=name,customizationlevel,canbebypassed,invocationsource&$filter=customizationlevel eq 1',
  'sdkmessageprocessingsteps?$select=name,_sdkmessageprocessingstepsecureconfigid_value,eventexpander',
  'serviceendpoints?$select=name,isauthvalueset,messagecharset,namespaceaddress,path,saskeyname,userclaim,schematype',
  'pluginassemblies?$select=name,customizationlevel,sourcehash',
  'plugintypes?$select=typename,isworkflowactivity,workflowactivitygroupname',
  'sdkmessages?$select=name,template,isactive,expand,autotransact,availability',
  'sdkmessagefilters?$select=secondaryobjecttypecode,iscustomprocessingstepallowed',
  'asyncoperations?$select=name,_regardingobjectid_value,friendlymessage,startedon,modifiedon,errorcode,retrycount,depth,primaryentitytype',
  'systemusers?$select=fullname,_parentsystemuserid_value,_queueid_value,jobtitle,mobilephone,caltype,userlicensetype,issyncwithdirectory',
  'organizations?$select=name,isauditenabled,blockedattachments,orgdborgsettings',
  'businessunits?$select=name,divisionname,websiteurl',
  'catalogs?$select=uniquename,description',
])('has the documented columns that clients select: %s', async (path) => {
  expect((await getRows(createKit(), path)).status).toBe(200);
});

it('takes a GUID between apostrophes for a key and a lookup, and nothing else there', async () => {
  const kit = createKit();
  await kit.submit();
  const count = async (filter: string) => {
    const answer = await kit.call('GET', `${webApiPath}backgroundoperations/$count?$filter=${filter}`);
    return answer.status === 200 ? answer.body : errorCode(answer.body);
  };
  const errorCode = (body: string | undefined) => (jsonObject(body)?.error as Row).code;
  expect(await count(`_createdby_value eq '${initiator.toUpperCase()}'`)).toBe('1');
  expect(await count(`_createdby_value ne '${initiator}'`)).toBe('0');
  expect(await count(`backgroundoperationid eq '${initiator}'`)).toBe('0');
  expect(await count("_createdby_value eq 'Initiator'")).toBe('0x80060888');
});
