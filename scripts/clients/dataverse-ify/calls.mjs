import { createRequire } from 'node:module';
import { answered, expect, finish, refused, simulator } from '../harness.mjs';

const require = createRequire(import.meta.url);
const { NodeWebApi } = require('dataverse-ify/lib/webapi/node');
const { XrmContextDataverseClient, setMetadataCache, EntityReference } = require('dataverse-ify');
const { WebApiExecuteRequestBase } = require('dataverse-ify/lib/types/WebApiExecuteRequest');

const webApi = new NodeWebApi(simulator.https, '9.2');
const requests = webApi.getRequestImplementation();
// Its own sign-in knows login.microsoftonline.com only; a token is all that it needs.
requests.setAccessToken(simulator.token);
// On Node it writes bodies that are JSON already as JSON once more, which Dataverse refuses; in a browser it does not.
const { send } = requests;
requests.send = (method, uri, headers, body) =>
  send.call(requests, method, uri, headers, body, typeof body === 'string');
globalThis.Xrm = { WebApi: webApi };

const entity = (name, set, key) => ({
  typeName: `mscrm.${name}`,
  logicalName: name,
  collectionName: set,
  primaryIdAttribute: key,
  attributeTypes: {},
  navigation: {},
});
setMetadataCache({
  entities: {
    serviceendpoint: entity('serviceendpoint', 'serviceendpoints', 'serviceendpointid'),
    backgroundoperation: entity('backgroundoperation', 'backgroundoperations', 'backgroundoperationid'),
  },
  actions: {
    sample_Echo: {
      operationType: 0,
      operationName: 'sample_Echo',
      parameterTypes: { StringValue: { typeName: 'Edm.String', structuralProperty: 1 } },
    },
  },
});
const client = new XrmContextDataverseClient(webApi);
const webhook = {
  logicalName: 'serviceendpoint',
  name: 'webhook',
  contract: 8,
  url: 'https://listener.example/',
  authtype: 4,
  authvalue: 'code',
};
const fetchXml =
  '<fetch count="3"><entity name="backgroundoperation"><attribute name="name"/><attribute name="createdby"/></entity></fetch>';

let endpoint;
await answered(
  'create',
  async () => {
    endpoint = await client.create(webhook);
  },
  () => expect(endpoint, 'no id'),
);
await answered(
  'retrieve',
  () => client.retrieve('serviceendpoint', endpoint, ['name']),
  (row) => expect(row.name === 'webhook', JSON.stringify(row)),
);
await answered('update', () =>
  client.update({ logicalName: 'serviceendpoint', serviceendpointid: endpoint, name: 'changed' }),
);
await answered(
  'execute of a custom API',
  () => client.execute({ logicalName: 'sample_Echo', StringValue: 'a' }),
  (out) => expect(out.StringValue === 'a', JSON.stringify(out)),
);
await answered(
  'Xrm.WebApi.online.execute of a function',
  async () => {
    const whoAmI = {
      boundParameter: undefined,
      parameterTypes: {},
      operationType: 1,
      operationName: 'WhoAmI',
    };
    return webApi.execute(new WebApiExecuteRequestBase(whoAmI));
  },
  (me) => expect(me, JSON.stringify(me)),
);
await answered(
  'retrieveMultiple by OData',
  () => client.retrieveMultiple('?$select=name&$top=3', { logicalName: 'serviceendpoint' }),
  ({ entities }) => expect(entities.length > 0, 'no rows'),
);
await answered(
  'retrieveMultiple by FetchXML',
  () => client.retrieveMultiple(fetchXml),
  ({ entities }) => expect(entities.length > 0, 'no rows'),
);
await answered(
  'executeMultiple with a change set',
  () => {
    const remove = { logicalName: 'Delete', target: new EntityReference('serviceendpoint', endpoint) };
    // A Create would be written as JSON twice here, too.
    return client.executeMultiple([[remove]]);
  },
  (responses) => expect(responses.length === 1, JSON.stringify(responses)),
);
await refused('associate: no many-to-many relationship', () =>
  client.associate('systemuser', simulator.other, 'teammembership_association', [
    new EntityReference('systemuser', simulator.other),
  ]),
);
finish();
