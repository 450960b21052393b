import { createRequire } from 'node:module';
import { answered, expect, finish, refused, simulator } from '../harness.mjs';

// It is made for browsers: their XMLHttpRequest is all that it needs.
const require = createRequire(import.meta.url);
const { XMLHttpRequest } = require('xmlhttprequest-ssl');
globalThis.XMLHttpRequest = XMLHttpRequest;
globalThis.window = globalThis;
const WebApiClient = require('xrm-webapi-client');
WebApiClient.ClientUrl = `${simulator.http}/api/data/v9.2/`;
WebApiClient.ApiVersion = '9.2';
WebApiClient.Token = simulator.token;
const { Requests } = WebApiClient;

const webhook = {
  name: 'webhook',
  contract: 8,
  url: 'https://listener.example/',
  authtype: 4,
  authvalue: 'code',
};
let endpoint;
await answered(
  'Execute(WhoAmIRequest)',
  () => WebApiClient.Execute(Requests.WhoAmIRequest),
  (me) => expect(me.UserId, JSON.stringify(me)),
);
await answered(
  'Execute(RetrieveVersionRequest)',
  () => WebApiClient.Execute(Requests.RetrieveVersionRequest),
  (out) => expect(out.Version, JSON.stringify(out)),
);
await answered(
  'Execute of a custom API',
  () =>
    WebApiClient.Execute(
      new Requests.Request().with({
        method: 'POST',
        name: 'sample_Echo',
        bound: false,
        payload: { StringValue: 'a' },
      }),
    ),
  (out) => expect(out.StringValue === 'a', JSON.stringify(out)),
);
await answered(
  'Create',
  async () => {
    endpoint = /\(([^)]+)\)/.exec(
      await WebApiClient.Create({ entityName: 'serviceendpoint', entity: webhook }),
    )?.[1];
  },
  () => expect(endpoint, 'no id'),
);
await answered(
  'Create with return=representation',
  () =>
    WebApiClient.Create({
      entityName: 'serviceendpoint',
      entity: webhook,
      headers: [{ key: 'Prefer', value: 'return=representation' }],
    }),
  (row) => expect(row.serviceendpointid, JSON.stringify(row)),
);
await answered('Retrieve by id', () =>
  WebApiClient.Retrieve({ entityName: 'serviceendpoint', entityId: endpoint, queryParams: '?$select=name' }),
);
await answered('Retrieve by query', () =>
  WebApiClient.Retrieve({ entityName: 'backgroundoperation', queryParams: '?$select=name&$top=3' }),
);
await answered(
  'Retrieve by FetchXml',
  () =>
    WebApiClient.Retrieve({
      entityName: 'backgroundoperation',
      fetchXml:
        '<fetch count="3"><entity name="backgroundoperation"><attribute name="name"/></entity></fetch>',
    }),
  ({ value }) => expect(value.length > 0, JSON.stringify(value)),
);
await answered(
  'Retrieve all pages',
  () =>
    WebApiClient.Retrieve({
      entityName: 'customapirequestparameter',
      queryParams: '?$select=uniquename',
      returnAllPages: true,
      headers: [{ key: 'Prefer', value: 'odata.maxpagesize=5' }],
    }),
  ({ value }) => expect(value.length > 10, `${value.length} rows`),
);
await answered('Expand of collection-valued navigation properties', async () => {
  const response = await WebApiClient.Retrieve({
    entityName: 'customapi',
    queryParams: '?$select=uniquename&$expand=CustomAPIRequestParameters($select=uniquename)',
  });
  return WebApiClient.Expand({ records: response.value });
});
await answered('Retrieve with a URL over 2,048 characters ($batch by itself)', () =>
  WebApiClient.Retrieve({
    entityName: 'backgroundoperation',
    queryParams: `?$filter=${Array.from({ length: 60 }, (_, at) => `name eq 'sample_${String(at).padStart(40, '0')}'`).join(' or ')}`,
  }),
);
await answered('Update', () =>
  WebApiClient.Update({ entityName: 'serviceendpoint', entityId: endpoint, entity: { name: 'changed' } }),
);
await answered(
  'SendBatch with a change set',
  () =>
    WebApiClient.SendBatch(
      new WebApiClient.Batch({
        changeSets: [
          new WebApiClient.ChangeSet({
            requests: [
              WebApiClient.Create({ entityName: 'serviceendpoint', entity: webhook, asBatch: true }),
            ],
          }),
        ],
        requests: [
          WebApiClient.Retrieve({ entityName: 'serviceendpoint', entityId: endpoint, asBatch: true }),
        ],
      }),
    ),
  ({ isFaulted, errors }) => expect(isFaulted !== true, JSON.stringify(errors)),
);
await answered('Delete', () => WebApiClient.Delete({ entityName: 'serviceendpoint', entityId: endpoint }));
await refused(
  'Associate: no many-to-many relationship',
  () =>
    WebApiClient.Associate({
      relationShip: 'teammembership_association',
      source: { entityName: 'systemuser', entityId: simulator.other },
      target: { entityName: 'team', entityId: simulator.other },
    }),
  /Not Found/,
);
finish();
