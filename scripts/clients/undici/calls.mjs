import { Pool, RetryAgent, fetch, request } from 'undici';
import { answered, eventually, expect, finish, simulator } from '../harness.mjs';

const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' };
const root = `${simulator.http}/api/data/v9.2/`;
await answered(
  'request: POST with respond-async, and the monitor until it succeeded',
  async () => {
    const {
      statusCode,
      headers: given,
      body,
    } = await request(`${root}sample_Echo`, {
      method: 'POST',
      headers: { ...headers, prefer: 'respond-async' },
      body: JSON.stringify({ IntegerValue: 7 }),
    });
    await body.dump();
    expect(statusCode === 202, String(statusCode));
    return eventually(async () => {
      const monitor = await (await request(given.location, { headers })).body.json();
      return monitor.backgroundOperationStatusCode === 30 && monitor;
    });
  },
  (monitor) => expect(monitor.IntegerValue === 7, JSON.stringify(monitor)),
);
await answered(
  'Pool with pipelined GETs',
  async () => {
    const pool = new Pool(simulator.http, { connections: 2, pipelining: 4 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () =>
        (await pool.request({ path: '/api/data/v9.2/WhoAmI', method: 'GET', headers })).body.json(),
      ),
    );
    await pool.close();
    return answers;
  },
  (answers) =>
    expect(
      answers.every(({ UserId }) => UserId),
      JSON.stringify(answers[0]),
    ),
);
await answered('fetch of a collection', async () =>
  (await fetch(`${root}backgroundoperations?$top=2`, { headers })).json(),
);
await answered(
  'RetryAgent leaves what succeeded alone',
  async () => {
    const dispatcher = new RetryAgent(new Pool(simulator.http));
    const { statusCode, body } = await request(`${root}WhoAmI`, { headers, dispatcher });
    await body.dump();
    await dispatcher.close();
    return statusCode;
  },
  (status) => expect(status === 200, String(status)),
);
finish();
