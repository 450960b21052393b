// The services behind its tools and its command line. They sign in at Microsoft's cloud by themselves, so the token is
// put into their client.
import { PowerPlatformClient } from 'powerplatform-mcp/build/powerplatform-client.js';
import {
  CustomApiService,
  EntityService,
  PluginService,
  RecordService,
  ServiceEndpointService,
  WorkflowService,
} from 'powerplatform-mcp/build/services/index.js';
import { answered, expect, finish, refused, simulator } from '../harness.mjs';

const client = Object.create(PowerPlatformClient.prototype);
client.config = { organizationUrl: simulator.http };
client.getAccessToken = () => Promise.resolve(simulator.token);
// It tells each refusal on standard error, too.
console.error = () => undefined;
const apis = new CustomApiService(client);
const plugIns = new PluginService(client);
const records = new RecordService(client);
const names = (name) => ({ uniqueName: name, name, displayName: name, description: name });

let api;
await answered(
  'get-custom-apis',
  () => apis.getCustomApis(),
  ({ value }) =>
    expect(
      value.some((each) => each.uniquename === 'sample_Echo'),
      JSON.stringify(value),
    ),
);
await answered('create-custom-api in a solution', () =>
  apis.createCustomApi({ ...names('sample_Mcp'), bindingType: 0, isFunction: false, solutionName: 'Sample' }),
);
await answered(
  'get-custom-api',
  async () => (api = await apis.getCustomApi('sample_Mcp')),
  (found) => expect(found?.ismanaged === false, JSON.stringify(found)),
);
await answered('create-custom-api-request-parameter', () =>
  apis.createCustomApiRequestParameter({
    ...names('Text'),
    customApiId: api.customapiid,
    type: 10,
    isOptional: true,
  }),
);
await answered('create-custom-api-response-property', () =>
  apis.createCustomApiResponseProperty({ ...names('Text'), customApiId: api.customapiid, type: 10 }),
);
await answered(
  'request parameters of a custom API',
  () => apis.getCustomApiRequestParameters(api.customapiid),
  ({ value }) => expect(value.length === 1, JSON.stringify(value)),
);
await refused(
  'response properties of a custom API: it asks for a column of parameters',
  () => apis.getCustomApiResponseProperties(api.customapiid),
  /Could not find a property/,
);
await answered('get-plugin-assemblies with the users who changed them', () =>
  plugIns.getPluginAssemblies(true),
);
await answered('get-all-plugin-steps', () => plugIns.getAllPluginSteps({}));
await answered('get-entity-plugin-pipeline: a filter along a lookup', () =>
  plugIns.getEntityPluginPipeline('account'),
);
await answered(
  'get-sdk-message',
  () => plugIns.getSdkMessage('OnBackgroundOperationComplete'),
  (message) => expect(message?.isactive === true, JSON.stringify(message)),
);
await answered('get-service-endpoints', () => new ServiceEndpointService(client).getServiceEndpoints());
await answered('query-records', () =>
  records.queryRecords('backgroundoperations', 'backgroundoperationstatecode eq 3'),
);
await answered('get-record', () => records.getRecord('customapis', api.customapiid));
await answered('get-entity-metadata', () => new EntityService(client).getEntityMetadata('customapi'));
await answered('delete of a row', () => records.deleteRecord('customapis', api.customapiid));
await refused(
  'get-workflows: no such table',
  () => new WorkflowService(client).getWorkflows(),
  /not found for the segment/,
);
await refused(
  'get-plugin-trace-logs: no such table',
  () => plugIns.getPluginTraceLogs({}),
  /not found for the segment/,
);
finish();
