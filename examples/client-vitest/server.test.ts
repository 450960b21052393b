import { startServer } from 'background-operations-simulator/server';
import { afterAll, expect, it } from 'vitest';

const { url, simulator, close } = await startServer({ clock: 'virtual' });
afterAll(close);
const headers = { authorization: 'Bearer token-initiator', 'content-type': 'application/json' };

it('runs in the background', async () => {
  const accepted = await fetch(`${url}/api/data/v9.2/sample_Echo`, {
    method: 'POST',
    headers: { ...headers, prefer: 'respond-async' },
    body: JSON.stringify({ StringValue: 'hello' }),
  });
  await simulator.clock.advance(1_000);
  const status = await fetch(accepted.headers.get('location') ?? '', { headers });
  expect(await status.json()).toMatchObject({ backgroundOperationStatusCode: 30, StringValue: 'hello' });
});
