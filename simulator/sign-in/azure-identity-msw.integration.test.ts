import { ClientSecretCredential } from '@azure/identity';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHandlers, createSignInHandlers } from '../handlers.ts';
import { createSimulator, defaultUsers } from '../simulator.ts';

const organization = 'https://contoso.crm.dynamics.com';
const simulator = createSimulator();
const server = setupServer(...createHandlers(simulator, organization), ...createSignInHandlers(simulator));
beforeAll(() => {
  server.listen();
});
afterAll(() => {
  server.close();
});

it('@azure/identity signs in as it does at Microsoft, with MSW in between', async () => {
  const clientId = defaultUsers[0]?.id ?? '';
  const credential = new ClientSecretCredential('contoso.example', clientId, 'secret-initiator');
  const { token } = await credential.getToken(`${organization}/.default`);
  const answer = await fetch(`${organization}/api/data/v9.2/WhoAmI`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({ UserId: clientId });
});
