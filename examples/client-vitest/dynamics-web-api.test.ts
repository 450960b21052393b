import { syncBuiltinESMExports } from 'node:module';
import { createSimulator } from 'background-operations-simulator';
import { createHandlers } from 'background-operations-simulator/handlers';
import { DynamicsWebApi } from 'dynamics-web-api';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';

const serverUrl = 'https://contoso.crm.dynamics.com';
const simulator = createSimulator();
const server = setupServer(...createHandlers(simulator, serverUrl));
beforeAll(() => {
  server.listen();
  syncBuiltinESMExports();
});
afterAll(() => {
  server.close();
  syncBuiltinESMExports();
});

it('starts an operation', async () => {
  const api = new DynamicsWebApi({
    serverUrl,
    dataApi: { version: '9.2' },
    onTokenRefresh: () => Promise.resolve('token-initiator'),
  });
  const { backgroundOperationId } = await api.callAction<{ backgroundOperationId: string }>({
    actionName: 'sample_Echo',
    action: { StringValue: 'hello' },
    respondAsync: true,
  });
  await simulator.clock.advance(1_000);
  const status = await api.getBackgroundOperationStatus(backgroundOperationId);
  expect(status).toMatchObject({ backgroundOperationStatusCode: 30, StringValue: 'hello' });
});
