import { createSimulator } from 'background-operations-simulator';
import { startServer } from 'background-operations-simulator/server';

const simulator = createSimulator();
let server;
beforeAll(async () => {
  server = await startServer(simulator);
});
beforeEach(() => simulator.control.reset());
afterAll(() => server.close());

test('runs it in the background', async () => {
  const headers = { authorization: 'Bearer token-initiator', 'content-type': 'application/json' };
  const accepted = await fetch(`${server.url}/api/data/v9.2/sample_Echo`, {
    method: 'POST',
    headers: { ...headers, prefer: 'respond-async' },
    body: '{"StringValue":"hello"}',
  });
  await simulator.clock.advance(1_000);
  const status = await fetch(accepted.headers.get('location'), { headers });
  expect(await status.json()).toMatchObject({ backgroundOperationStatusCode: 30, StringValue: 'hello' });
});
