import { createSimulator } from 'background-operations-simulator';
import { createHandlers } from 'background-operations-simulator/handlers';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const organization = 'https://contoso.crm.dynamics.com';
const callback = 'https://client.example/done';
const received = vi.fn<(body: unknown) => void>();
const simulator = createSimulator();
const server = setupServer(
  ...createHandlers(simulator, organization),
  http.post(callback, async ({ request }) => {
    received(await request.json());
    return HttpResponse.json({});
  }),
);
beforeAll(() => {
  server.listen();
});
afterAll(() => {
  server.close();
});

it('is called back when it is done', async () => {
  await fetch(`${organization}/api/data/v9.2/sample_CleanupExportedDataAnnotations`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer token-initiator',
      prefer: `respond-async, odata.callback; url="${callback}"`,
    },
  });
  await simulator.clock.advance(1_000);
  expect(received).toHaveBeenCalledTimes(1);
  expect(received).toHaveBeenCalledWith(expect.objectContaining({ backgroundOperationStatusCode: 30 }));
});
