import got from 'got';
import { answered, eventually, expect, finish, simulator } from '../harness.mjs';

const headers = { authorization: `Bearer ${simulator.token}` };
const api = got.extend({ prefixUrl: `${simulator.http}/api/data/v9.2/`, headers, responseType: 'json' });
await answered(
  'post with respond-async, and the monitor until it succeeded',
  async () => {
    const accepted = await api.post('sample_Echo', {
      json: { StringValue: 'a' },
      headers: { prefer: 'respond-async' },
    });
    return eventually(async () => {
      const status = await got(accepted.headers.location, { headers }).json();
      return status.backgroundOperationStatusCode === 30 && status;
    });
  },
  (status) => expect(status.StringValue === 'a', JSON.stringify(status)),
);
await answered(
  'paginate by @odata.nextLink',
  () =>
    got.paginate.all(`${simulator.http}/api/data/v9.2/sdkmessages`, {
      headers: { ...headers, prefer: 'odata.maxpagesize=3' },
      responseType: 'json',
      pagination: {
        transform: ({ body }) => body.value,
        paginate: ({ response: { body } }) =>
          body['@odata.nextLink'] !== undefined && { url: new URL(body['@odata.nextLink']) },
      },
    }),
  (rows) => expect(rows.length > 3, JSON.stringify(rows)),
);
await answered('get with searchParams', () =>
  api('backgroundoperations', { searchParams: { $filter: "name eq 'sample_Echo'", $top: 2 } }),
);
await answered('http2 over https: it falls back to HTTP/1.1', () =>
  got(`${simulator.https}/api/data/v9.2/WhoAmI`, { http2: true, headers }).json(),
);
finish();
