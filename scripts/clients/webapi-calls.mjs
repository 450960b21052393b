// The calls of dataverse-webapi, and of xrm-webapi, from which it comes.
import { answered, expect, refused, simulator } from './harness.mjs';

const operations = 'backgroundoperations';
const endpoints = 'serviceendpoints';
const webhook = {
  name: 'webhook',
  contract: 8,
  url: 'https://listener.example/',
  authtype: 4,
  authvalue: 'code',
};

/** All functions that the two libraries have; `config` makes a configuration for each, since one of them changes it. */
export async function callsOf(api, config) {
  let endpoint;
  let echo;
  let made;
  const customApi = async () =>
    (await api.retrieveMultiple(config(), 'customapis', "$filter=uniquename eq 'sample_Echo'")).value[0];
  await answered(
    'unboundFunction',
    () => api.unboundFunction(config(), 'WhoAmI'),
    (me) => expect(me.UserId, JSON.stringify(me)),
  );
  await answered(
    'unboundAction',
    () => api.unboundAction(config(), 'sample_Echo', { StringValue: 'a' }),
    (out) => expect(out.StringValue === 'a', JSON.stringify(out)),
  );
  await answered('unboundAction with Prefer: respond-async by customHeaders', () =>
    api.unboundAction(
      config(),
      'sample_Cleanup' + 'ExportedDataAnnotations',
      {},
      { customHeaders: { Prefer: 'respond-async' } },
    ),
  );
  await answered('retrieveMultiple', async () =>
    api.retrieveMultiple(config(), operations, '$select=name&$top=3'),
  );
  await answered(
    'retrieveMultiple with maxPageSize, retrieveMultipleNextPage',
    async () => {
      const first = await api.retrieveMultiple(config(), 'customapirequestparameters', '$select=uniquename', {
        maxPageSize: 5,
      });
      const next = new URL(first['@odata.nextLink']);
      // It adds a slash behind the link that it follows.
      return api.retrieveMultiple(config(), next.pathname.split('/').at(-1) + next.search, undefined, {
        maxPageSize: 5,
      });
    },
    ({ value }) => expect(value.length === 5, `${value.length} rows`),
  );
  await answered(
    'retrieveMultiple with $expand',
    async () => {
      echo = (await customApi()).customapiid;
      return api.retrieve(
        config(),
        'customapis',
        echo,
        '$select=uniquename&$expand=CustomAPIRequestParameters($select=uniquename)',
      );
    },
    (row) => expect(row.CustomAPIRequestParameters.length === 13, JSON.stringify(row)),
  );
  await answered('create', () => api.create(config(), endpoints, webhook));
  await answered(
    'createWithReturnData',
    () => api.createWithReturnData(config(), endpoints, webhook, '$select=name'),
    (row) => {
      expect(row.name === 'webhook', JSON.stringify(row));
      endpoint = row.serviceendpointid;
    },
  );
  await answered('retrieve', () => api.retrieve(config(), endpoints, endpoint, '$select=name'));
  await answered('update', () => api.update(config(), endpoints, endpoint, { name: 'changed' }));
  await answered(
    'updateWithReturnData',
    () => api.updateWithReturnData(config(), endpoints, endpoint, { name: 'shown' }, '$select=name'),
    (row) => expect(row.name === 'shown', JSON.stringify(row)),
  );
  await answered('updateProperty', () => api.updateProperty(config(), endpoints, endpoint, 'name', 'single'));
  if (api.retrieveProperty !== undefined)
    await answered('retrieveProperty', () => api.retrieveProperty(config(), endpoints, endpoint, 'name'));
  if (api.retrieveAlternateKey !== undefined)
    await answered('retrieveAlternateKey', () =>
      api.retrieveAlternateKey(config(), endpoints, `serviceendpointid=${endpoint}`),
    );
  if (api.retrieveNavigationProperties !== undefined)
    await answered('retrieveNavigationProperties', () =>
      api.retrieveNavigationProperties(
        config(),
        'customapis',
        echo,
        'CustomAPIResponseProperties',
        '$select=uniquename',
      ),
    );
  await answered('deleteProperty', async () => {
    const row = { uniquename: `new_D${Date.now()}`, name: 'd', displayname: 'd', description: 'd' };
    made = (await api.createWithReturnData(config(), 'customapis', row, '$select=name')).customapiid;
    return api.deleteProperty(config(), 'customapis', made, 'executeprivilegename');
  });
  await answered('disassociate a single-valued navigation property', () =>
    api.disassociate(config(), 'customapis', made, 'PluginTypeId'),
  );
  await answered('boundFunction on a row', () =>
    api.boundFunction(config(), 'customapis', echo, 'sample_Describe', [
      { name: 'Detail', value: "'short'" },
    ]),
  );
  await answered('boundAction on a row', () =>
    api.boundAction(config(), 'customapis', echo, 'sample_Touch', { Note: 'a' }),
  );
  await answered(
    'batchOperation with a change set and a GET',
    () =>
      api.batchOperation(
        config(),
        'b1',
        'c1',
        [{ queryString: endpoints, entity: webhook, method: 'POST' }],
        [`${endpoints}(${endpoint})?$select=name`],
      ),
    (parts) =>
      expect(
        typeof parts === 'string' ? parts.includes('HTTP/1.1 200') : parts.length === 2,
        JSON.stringify(parts),
      ),
  );
  await answered('retrieve with impersonateUserId', () =>
    api.retrieveMultiple(config(), 'systemusers', '$select=fullname', { impersonateUserId: simulator.other }),
  );
  await answered('deleteRecord', () => api.deleteRecord(config(), endpoints, endpoint));
  await refused('associate: no many-to-many relationship', () =>
    api.associate(
      config(),
      'systemusers',
      simulator.other,
      'teammembership_association',
      'teams',
      simulator.other,
    ),
  );
  await refused('create in a table that is not served', () =>
    api.create(config(), 'accounts', { name: 'a' }),
  );
}
