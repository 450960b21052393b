import axios from 'axios';
import { answered, eventually, expect, finish, simulator } from '../harness.mjs';

const api = axios.create({
  baseURL: `${simulator.http}/api/data/v9.2/`,
  headers: { Authorization: `Bearer ${simulator.token}` },
});
let location;
await answered(
  'POST with respond-async, and the monitor until it succeeded',
  async () => {
    const accepted = await api.post(
      'sample_Echo',
      { StringValue: 'a' },
      { headers: { Prefer: 'respond-async' } },
    );
    location = accepted.headers.location;
    return eventually(async () => {
      const { data } = await axios.get(location, { headers: { Authorization: `Bearer ${simulator.token}` } });
      return data.backgroundOperationStatusCode === 30 && data;
    });
  },
  (data) => expect(data.StringValue === 'a', JSON.stringify(data)),
);
await answered(
  'GET with params',
  () => api.get('backgroundoperations', { params: { $filter: "name eq 'sample_Echo'", $top: 2 } }),
  ({ data }) => expect(data.value.length > 0, JSON.stringify(data)),
);
await answered('GET over https', () =>
  axios.get(`${simulator.https}/api/data/v9.2/WhoAmI`, {
    headers: { Authorization: `Bearer ${simulator.token}` },
  }),
);
await answered(
  'GET $metadata as text',
  () => api.get('$metadata', { headers: { Accept: 'application/xml' } }),
  ({ data }) => expect(data.startsWith('<?xml'), data.slice(0, 50)),
);
await answered(
  'an error has the form of Dataverse',
  async () => {
    const { response } = await api.get('nothing').catch((error) => error);
    return response;
  },
  ({ status, data }) => expect(status === 404 && data.error.code === '0x8006088a', JSON.stringify(data)),
);
await answered('DELETE of the monitor', async () => {
  const accepted = await api.post(
    'sample_ExportDataUsingFetchXmlToAnnotation',
    { FetchXml: '<fetch/>' },
    { headers: { Prefer: 'respond-async' } },
  );
  return axios.delete(accepted.headers.location, { headers: { Authorization: `Bearer ${simulator.token}` } });
});
finish();
