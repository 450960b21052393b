import { DynamicsWebApi } from 'dynamics-web-api';
import { answered, eventually, expect, finish, refused, simulator } from '../harness.mjs';

const api = new DynamicsWebApi({
  serverUrl: simulator.http,
  dataApi: { version: '9.2' },
  onTokenRefresh: () => Promise.resolve(simulator.token),
});
const named = new DynamicsWebApi({
  serverUrl: simulator.https,
  dataApi: { version: '9.2' },
  onTokenRefresh: () => Promise.resolve(simulator.token),
  useEntityNames: true,
});
const echo = 'sample_Echo';

await answered(
  'callFunction("WhoAmI")',
  () => api.callFunction('WhoAmI'),
  (me) => expect(me.UserId, 'no UserId'),
);
await answered('callFunction("RetrieveVersion")', () => api.callFunction('RetrieveVersion'));
await answered(
  'callAction, synchronous',
  () => api.callAction({ actionName: echo, action: { StringValue: 'a' } }),
  (out) => expect(out.StringValue === 'a', JSON.stringify(out)),
);
let operation;
await answered(
  'callAction with respondAsync',
  () => api.callAction({ actionName: echo, action: { StringValue: 'b' }, respondAsync: true }),
  (out) => {
    operation = out.backgroundOperationId;
    expect(operation && out.location, JSON.stringify(out));
  },
);
await answered('getBackgroundOperationStatus', () =>
  eventually(
    async () => (await api.getBackgroundOperationStatus(operation)).backgroundOperationStatusCode === 30,
  ),
);
await answered('cancelBackgroundOperation', async () => {
  const { backgroundOperationId } = await api.callAction({
    actionName: 'sample_ExportDataUsingFetchXmlToAnnotation',
    action: { FetchXml: '<fetch/>' },
    respondAsync: true,
  });
  return api.cancelBackgroundOperation(backgroundOperationId);
});
await answered('callAction with backgroundOperationCallbackUrl', () =>
  api.callAction({
    actionName: echo,
    action: {},
    respondAsync: true,
    backgroundOperationCallbackUrl: `${simulator.http}/nobody`,
  }),
);
await answered(
  'retrieve',
  () => api.retrieve({ collection: 'backgroundoperations', key: operation, select: ['name'] }),
  (row) => expect(row.name === echo, JSON.stringify(row)),
);
await answered('retrieveMultiple with filter, orderBy, top, count', () =>
  api.retrieveMultiple({
    collection: 'backgroundoperations',
    select: ['name', 'createdon'],
    filter: `name eq '${echo}'`,
    orderBy: ['createdon desc'],
    top: 2,
    count: true,
    includeAnnotations: '*',
  }),
);
await answered('retrieveAll over pages', () =>
  api.retrieveAll({ collection: 'customapirequestparameters', maxPageSize: 5, select: ['uniquename'] }),
);
await answered(
  'count',
  () => api.count({ collection: 'backgroundoperations' }),
  (n) => expect(n > 0, String(n)),
);
await answered('countAll', () => api.countAll({ collection: 'customapis' }));
await answered('retrieveMultiple with a URL over 2,000 characters ($batch by itself)', () =>
  api.retrieveMultiple({
    collection: 'backgroundoperations',
    filter: Array.from({ length: 60 }, (_, at) => `name eq 'sample_${String(at).padStart(40, '0')}'`).join(
      ' or ',
    ),
  }),
);
await answered(
  'startBatch, executeBatch',
  async () => {
    api.startBatch();
    api.retrieve({ collection: 'backgroundoperations', key: operation, select: ['name'] });
    api.callFunction('WhoAmI');
    return api.executeBatch();
  },
  (parts) => expect(parts.length === 2, JSON.stringify(parts)),
);
await answered(
  'retrieveMultiple with expand (collection-valued)',
  () =>
    api.retrieveMultiple({
      collection: 'customapis',
      filter: `uniquename eq '${echo}'`,
      select: ['uniquename'],
      expand: [{ property: 'CustomAPIRequestParameters', select: ['uniquename', 'type'] }],
    }),
  ({ value }) => expect(value[0].CustomAPIRequestParameters.length === 13, JSON.stringify(value)),
);
await answered(
  'retrieveMultiple with expand (single-valued)',
  () =>
    api.retrieveMultiple({
      collection: 'customapirequestparameters',
      top: 1,
      expand: [{ property: 'CustomAPIId', select: ['uniquename'] }],
    }),
  ({ value }) => expect(value[0].CustomAPIId.uniquename, JSON.stringify(value)),
);
await answered('retrieve along a navigation property', async () => {
  const { value } = await api.retrieveMultiple({ collection: 'customapis', top: 1 });
  return api.retrieve({
    collection: 'customapis',
    key: value[0].customapiid,
    navigationProperty: 'CustomAPIResponseProperties',
    select: ['uniquename'],
  });
});
await answered(
  'fetch: FetchXML',
  () =>
    api.fetch({
      collection: 'backgroundoperations',
      fetchXml: `<fetch><entity name="backgroundoperation"><attribute name="name"/><filter><condition attribute="name" operator="eq" value="${echo}"/></filter></entity></fetch>`,
    }),
  ({ value }) => expect(value.length > 0 && value[0].name === echo, JSON.stringify(value)),
);
await answered(
  'fetchAll: FetchXML, page by page',
  () =>
    api.fetchAll({
      collection: 'backgroundoperations',
      includeAnnotations: 'Microsoft.Dynamics.CRM.*',
      fetchXml:
        '<fetch count="1"><entity name="backgroundoperation"><attribute name="name"/></entity></fetch>',
    }),
  ({ value }) => expect(value.length > 1, JSON.stringify(value)),
);
await answered(
  'fetch: FetchXML of another table',
  () =>
    api.fetch({
      collection: 'customapirequestparameters',
      fetchXml:
        '<fetch><entity name="customapirequestparameter"><attribute name="uniquename"/></entity></fetch>',
    }),
  ({ value }) => expect(value.length > 1, JSON.stringify(value)),
);
await refused('fetch: FetchXML that joins tables', () =>
  api.fetch({
    collection: 'customapirequestparameters',
    fetchXml:
      '<fetch><entity name="customapirequestparameter"><link-entity name="customapi" from="customapiid" to="customapiid"/></entity></fetch>',
  }),
);
await answered('retrieve with impersonate', () =>
  api.retrieve({ collection: 'systemusers', key: simulator.other, impersonate: simulator.other }),
);
await answered('useEntityNames over https: logical names in place of sets', () =>
  named.retrieveMultiple({ collection: 'backgroundoperation', select: ['name'] }),
);
await answered(
  'retrieveEntities',
  () => api.retrieveEntities({ select: ['LogicalName', 'EntitySetName'] }),
  ({ value }) =>
    expect(
      value.some(({ LogicalName }) => LogicalName === 'backgroundoperation'),
      'no table',
    ),
);
await answered('retrieveEntity with expand', () =>
  api.retrieveEntity({
    key: "LogicalName='backgroundoperation'",
    select: ['LogicalName'],
    expand: [{ property: 'Attributes', select: ['LogicalName'] }],
  }),
);
await answered(
  'retrieveAttributes with castType',
  () =>
    api.retrieveAttributes({
      entityKey: "LogicalName='backgroundoperation'",
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet' }],
    }),
  ({ value }) => expect(value.length === 2, JSON.stringify(value)),
);
await answered('retrieveAttribute', () =>
  api.retrieveAttribute({ entityKey: "LogicalName='customapi'", attributeKey: "LogicalName='uniquename'" }),
);
await answered('retrieveRelationships', () => api.retrieveRelationships({ select: ['SchemaName'] }));
await answered('retrieveRelationship with castType', async () => {
  const { value } = await api.retrieveRelationships({
    castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    select: ['SchemaName'],
  });
  return api.retrieveRelationship({ key: value[0].MetadataId });
});
await answered('retrieveGlobalOptionSets', () => api.retrieveGlobalOptionSets({ select: ['Name'] }));
await answered('retrieveGlobalOptionSet', () =>
  api.retrieveGlobalOptionSet({ key: "Name='customapifieldtype'" }),
);
await answered(
  'retrieveCsdlMetadata',
  () => api.retrieveCsdlMetadata({ addAnnotations: true }),
  (xml) => expect(xml.includes('<EntityType Name="backgroundoperation"'), xml.slice(0, 100)),
);
let endpoint;
const webhook = {
  name: 'from dynamics-web-api',
  contract: 8,
  url: 'https://listener.example/',
  authtype: 4,
  authvalue: 'code',
};
await answered(
  'create',
  async () => {
    endpoint = await api.create({ collection: 'serviceendpoints', data: webhook });
  },
  () => expect(/^[0-9a-f-]{36}$/i.test(endpoint), JSON.stringify(endpoint)),
);
await answered(
  'create with returnRepresentation',
  () =>
    api.create({
      collection: 'serviceendpoints',
      data: { ...webhook, name: 'shown' },
      returnRepresentation: true,
      select: ['name'],
    }),
  (row) => expect(row.name === 'shown', JSON.stringify(row)),
);
await answered('update', () =>
  api.update({ collection: 'serviceendpoints', key: endpoint, data: { name: 'renamed' } }),
);
await answered('updateSingleProperty', () =>
  api.updateSingleProperty({
    collection: 'serviceendpoints',
    key: endpoint,
    fieldValuePair: { name: 'single' },
  }),
);
await answered('retrieve of one property', () =>
  api
    .retrieve({ collection: `serviceendpoints(${endpoint})/name` })
    .catch(() => api.retrieve({ collection: 'serviceendpoints', key: endpoint, select: ['/name'] })),
);
await answered('upsert of a row that there is not', () =>
  api.upsert({ collection: 'serviceendpoints', key: crypto.randomUUID(), data: webhook }),
);
await answered('upsert of an operation row', () =>
  api.upsert({
    collection: 'backgroundoperations',
    key: crypto.randomUUID(),
    data: { name: 'written by hand' },
  }),
);
await answered('deleteRecord', () => api.deleteRecord({ collection: 'serviceendpoints', key: endpoint }));
await refused('createEntity: tables cannot be made', () =>
  api.createEntity({ data: { SchemaName: 'new_Table' } }),
);
await refused('search', () => api.search({ query: { search: 'echo' } }));
await refused('uploadFile: no table has files', () =>
  api.uploadFile({
    collection: 'serviceendpoints',
    key: crypto.randomUUID(),
    fieldName: 'file',
    fileName: 'a.txt',
    data: Buffer.from('a'),
  }),
);
await refused('associate: there are no many-to-many relationships', () =>
  api.associate({
    collection: 'systemusers',
    primaryKey: simulator.other,
    relationshipName: 'teammembership_association',
    relatedCollection: 'teams',
    relatedKey: simulator.other,
  }),
);
finish();
