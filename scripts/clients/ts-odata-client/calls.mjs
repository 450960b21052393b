import { ODataQuery } from 'ts-odata-client';
import { answered, expect, finish, refused, simulator } from '../harness.mjs';

const query = (set, prefer = 'odata.maxpagesize=5000') =>
  ODataQuery.forV4(`${simulator.http}/api/data/v9.2/${set}`, {
    requestInit: () => ({ headers: { Authorization: `Bearer ${simulator.token}`, Prefer: prefer } }),
  });
const count = (least) => (rows) => expect(rows.length >= least, JSON.stringify(rows));

await answered(
  'getManyAsync with filter, select, orderBy, top',
  async () => {
    const wanted = query('customapis').filter((api) =>
      api.uniquename.$contains('Echo').or(api.isfunction.$equals(true)),
    );
    const { value } = await wanted
      .select('uniquename')
      .orderBy((api) => api.uniquename)
      .top(2)
      .getManyAsync();
    return value;
  },
  count(1),
);
await answered(
  'getManyWithCountAsync',
  () => query('customapis').getManyWithCountAsync(),
  (answer) => expect(answer['@odata.count'] === answer.value.length, JSON.stringify(answer)),
);
await answered(
  'expand',
  async () => (await query('customapis').expand('CustomAPIRequestParameters').getManyAsync()).value,
  count(1),
);
await answered(
  'iteration over pages',
  async () => {
    const rows = [];
    for await (const row of query('sdkmessages', 'odata.maxpagesize=3')) rows.push(row);
    return rows;
  },
  count(4),
);
await refused('$startsWith: it writes startsWith', () =>
  query('customapis')
    .filter((api) => api.uniquename.$startsWith('sample'))
    .getManyAsync(),
);
await refused('getAsync: it writes the key between apostrophes', () =>
  query('customapis').getAsync('20cd20e6-cbd3-4e17-8337-2514d7d0f30d'),
);
finish();
