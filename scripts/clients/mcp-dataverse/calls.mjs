import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { answered, expect, finish, refused, simulator } from '../harness.mjs';

// It signs in with a managed identity, whose endpoint the machine names in the environment.
const identity = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  const expires = Math.floor(Date.now() / 1000) + 3600;
  response.end(
    JSON.stringify({
      access_token: simulator.token,
      expires_on: String(expires),
      resource: 'any',
      token_type: 'Bearer',
    }),
  );
}).listen(0, '127.0.0.1');
await new Promise((resolve) => identity.once('listening', resolve));
const transport = new StdioClientTransport({
  command: process.execPath,
  args: ['--import', './dns.mjs', 'node_modules/mcp-dataverse/dist/server.js'],
  env: {
    ...process.env,
    DATAVERSE_ENV_URL: `https://${process.env.SIMULATOR_TENANT}:${new URL(simulator.https).port}`,
    AUTH_METHOD: 'managed-identity',
    IDENTITY_ENDPOINT: `http://127.0.0.1:${identity.address().port}/msi/token`,
    IDENTITY_HEADER: 'header',
  },
});
const client = new Client({ name: 'clients', version: '1.0.0' });
await client.connect(transport);

async function tool(name, args = {}) {
  const result = await client.callTool({ name: `dataverse_${name}`, arguments: args });
  const text = result.content.map((each) => each.text).join('\n');
  if (result.isError) throw new Error(text);
  return text;
}
const has = (word) => (text) => expect(text.includes(word), text.slice(0, 300));
const me = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const webhook = {
  name: 'webhook',
  contract: 8,
  url: 'https://listener.example/',
  authtype: 4,
  authvalue: 'code',
};

await answered('whoami', () => tool('whoami'), has(me));
await answered(
  'list_tables',
  () => tool('list_tables', { includeSystemTables: true }),
  has('backgroundoperation'),
);
await answered(
  'get_table_metadata',
  () => tool('get_table_metadata', { logicalName: 'customapi', includeAttributes: true }),
  has('uniquename'),
);
await answered(
  'get_relationships',
  () => tool('get_relationships', { logicalName: 'customapi' }),
  has('CustomAPIRequestParameters'),
);
await answered('list_global_option_sets', () => tool('list_global_option_sets'), has('customapifieldtype'));
await answered('get_option_set', () => tool('get_option_set', { name: 'customapifieldtype' }));
await answered('get_attribute_option_set', () =>
  tool('get_attribute_option_set', {
    entityLogicalName: 'backgroundoperation',
    attributeLogicalName: 'backgroundoperationstatuscode',
  }),
);
await answered('get_entity_key', () => tool('get_entity_key', { tableName: 'customapi' }));
await answered(
  'resolve_entity_name',
  () => tool('resolve_entity_name', { name: 'backgroundoperation' }),
  has('backgroundoperations'),
);
await answered('query', () =>
  tool('query', { entitySetName: 'backgroundoperations', select: ['name'], top: 3 }),
);
await answered(
  'query with expand',
  () =>
    tool('query', {
      entitySetName: 'customapirequestparameters',
      select: ['uniquename'],
      expand: 'CustomAPIId($select=uniquename)',
      top: 1,
    }),
  has('CustomAPIId'),
);
await answered('execute_fetchxml', () =>
  tool('execute_fetchxml', {
    entitySetName: 'backgroundoperations',
    fetchXml: '<fetch count="3"><entity name="backgroundoperation"><attribute name="name"/></entity></fetch>',
  }),
);
await answered('retrieve_multiple_with_paging', () =>
  tool('retrieve_multiple_with_paging', {
    entitySetName: 'customapirequestparameters',
    select: ['uniquename'],
    maxTotal: 20,
  }),
);
await answered(
  'get',
  () => tool('get', { entitySetName: 'systemusers', id: me, select: ['fullname'] }),
  has('Initiator'),
);
let endpoint;
await answered(
  'create',
  async () => {
    endpoint = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(
      await tool('create', { entitySetName: 'serviceendpoints', data: webhook }),
    )?.[0];
  },
  () => expect(endpoint, 'no id'),
);
await answered('update', () =>
  tool('update', { entitySetName: 'serviceendpoints', id: endpoint, data: { name: 'changed' } }),
);
await answered('delete', () =>
  tool('delete', { entitySetName: 'serviceendpoints', id: endpoint, confirm: true }),
);
await answered(
  'execute_action',
  () => tool('execute_action', { actionName: 'sample_Echo', parameters: { StringValue: 'a' } }),
  has('StringValue'),
);
await answered('execute_function', () => tool('execute_function', { functionName: 'RetrieveVersion' }));
const boundTo = async (name, args) => {
  const row = await tool('query', { entitySetName: 'customapis', select: ['customapiid'], top: 1 });
  return tool(name, { entitySetName: 'customapis', id: /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(row)[0], ...args });
};
await answered('execute_bound_function', () =>
  boundTo('execute_bound_function', { functionName: 'sample_Describe', parameters: { Detail: 'short' } }),
);
await answered('batch_execute with a change set', () =>
  tool('batch_execute', {
    requests: [
      { method: 'GET', url: 'backgroundoperations?$top=1' },
      { method: 'POST', url: 'serviceendpoints', body: webhook },
    ],
    useChangeset: true,
  }),
);
await answered('execute_bound_action', () =>
  boundTo('execute_bound_action', { actionName: 'sample_Touch', parameters: { Note: 'a' } }),
);
await answered('query_associations', () =>
  boundTo('query_associations', { navigationProperty: 'CustomAPIRequestParameters', select: 'uniquename' }),
);
await answered('schema_explorer_get_entity', () =>
  tool('schema_explorer_get_entity', { logicalName: 'customapi' }),
);
await answered('list_custom_actions', () => tool('list_custom_actions'));
await answered('list_plugin_steps', () => tool('list_plugin_steps'));
await answered('environment_capabilities', () => tool('environment_capabilities'));
await refused(
  'impersonate: it looks at security roles first, which are not served',
  () => tool('impersonate', { callerId: simulator.other, toolName: 'dataverse_whoami', toolArgs: {} }),
  /0x8006088a/,
);
await answered('list_users', () => tool('list_users'));
await answered('list_business_units', () => tool('list_business_units'));
await refused(
  'create_table',
  () =>
    tool('create_table', { schemaName: 'new_Table', displayName: 'Table', displayCollectionName: 'Tables' }),
  /405|method/,
);
await refused('search', () => tool('search', { query: 'echo' }), /404|0x|resource/i);
await refused('list_roles: there are no roles', () => tool('list_roles'), /0x8006088a/);
await client.close();
identity.close();
finish();
