import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { customApisFrom } from '../custom-apis/custom-apis.ts';
import { createSimulator } from '../simulator.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };
const root = '/api/data/v9.2/';

describe.each(Object.entries(doors))('organizations by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  beforeEach(async () => {
    server = await startServer();
    control = doorOf(server);
  });
  afterEach(() => server.close());

  /** A request to a host name of the server, which no name service has to know. */
  const call = (host: string, method: string, path: string, token = 'token-initiator') =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const { port } = new URL(server.url);
      const headers = { host: `${host}:${port}`, authorization: `Bearer ${token}`, prefer: 'respond-async' };
      const asked = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        answer.on('end', () => {
          resolve({ status: answer.statusCode, body });
        });
      });
      asked.on('error', reject);
      asked.end();
    });

  it('are isolated: operations, users, clock, journal and reset', async () => {
    const user = { id: '11111111-1111-4111-8111-111111111111', token: 'token-f', privileged: true };
    await control.addOrganization({ name: 'fabrikam', users: [user], start: 86_400_000 });
    const host = 'fabrikam.localhost';
    expect((await call(host, 'POST', `${root}sample_CleanupExportedDataAnnotations`, 'token-f')).status).toBe(
      202,
    );
    expect((await call(host, 'GET', `${root}WhoAmI`)).status).toBe(401);
    expect((await call('localhost', 'GET', `${root}WhoAmI`, 'token-f')).status).toBe(401);
    const whoAmI = JSON.parse((await call(host, 'GET', `${root}WhoAmI`, 'token-f')).body) as Record<
      string,
      string
    >;
    const [first, second] = await control.organizations();
    expect([first, second]).toMatchObject([
      { name: 'contoso', operations: 0 },
      { name: 'fabrikam', operations: 1, id: whoAmI.OrganizationId, now: '1970-01-02T00:00:00.000Z' },
    ]);
    expect(second?.users).toEqual([expect.objectContaining({ id: user.id, privileged: true })]);
    expect(await control.operations()).toEqual([]);
    expect((await control.requests()).requests.map(({ path }) => path)).toEqual([`${root}WhoAmI`]);
    await control.reset();
    const its = JSON.parse((await call(host, 'GET', '/simulator/operations')).body) as {
      operations: unknown[];
    };
    expect(its.operations).toHaveLength(1);
    expect((await call(host, 'POST', '/simulator/reset')).status).toBe(200);
    expect((await control.organizations())[1]?.operations).toBe(0);
    expect(server.simulator.organization('fabrikam')?.clock.now()).toBe(86_400_000);
  });

  it('have a port of their own where it is wanted, until they are removed', async () => {
    const { url = '' } = await control.addOrganization({ name: 'northwind', port: 0 });
    const headers = { authorization: 'Bearer token-initiator' };
    const answer = await fetch(`${url}${root}RetrieveCurrentOrganization(AccessType='Default')`, { headers });
    expect(await answer.text()).toContain('northwind');
    await control.removeOrganization('northwind');
    await expect(fetch(url)).rejects.toThrow();
    await expect(control.removeOrganization('northwind')).rejects.toMatchObject({ status: 404 });
    expect((await control.organizations()).map(({ name }) => name)).toEqual(['contoso']);
  });

  it('have custom APIs of their own as data, or those of the first, also when these change', async () => {
    const apiOf = (uniqueName: string) => ({
      uniqueName,
      properties: [{ uniqueName: 'Text', type: 'String' as const }],
      outputs: { Text: `of ${uniqueName}` },
    });
    await control.addOrganization({ name: 'fabrikam', customApis: [apiOf('new_Own')] });
    await control.addOrganization({ name: 'northwind' });
    server.simulator.replaceCustomApis(customApisFrom({ customApis: [apiOf('new_Common')] }));
    await control.addOrganization({ name: 'tailspin' });
    const statuses = async (host: string) => {
      const answers = ['new_Own', 'new_Common'].map((name) => call(host, 'POST', root + name));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    expect(await statuses('fabrikam.localhost')).toEqual([202, 404]);
    for (const host of ['localhost', 'northwind.localhost', 'tailspin.localhost'])
      expect(await statuses(host)).toEqual([404, 202]);
    const wrong = control.addOrganization({ name: 'a', customApis: [{ uniqueName: 'Own' }] });
    await expect(wrong).rejects.toThrow("customApis[0].uniqueName: wanted a publisher's prefix");
  });

  it.each<[string, object]>([
    ['The "name" of an organization has to be a host name without a dot', { name: 'A.b' }],
    ["There is an organization 'contoso' already", { name: 'contoso' }],
    ['"clock" of an organization has to be "virtual" or "real"', { name: 'a', clock: 'slow' }],
    ['"id" of a user has to be a GUID in lower case', { name: 'a', users: [{ id: 'x' }] }],
    ['A user needs "token"', { name: 'a', users: [{ id: '11111111-1111-4111-8111-111111111111' }] }],
  ])('are refused: %s', async (message, organization) => {
    await expect(control.addOrganization(organization as { name: string })).rejects.toThrow(message);
    expect(await control.organizations()).toHaveLength(1);
  });

  it('the first one stays, and a port that is taken is refused', async () => {
    await expect(control.removeOrganization('contoso')).rejects.toThrow('it stays');
    const port = Number(new URL(server.url).port);
    await expect(control.addOrganization({ name: 'a', port })).rejects.toThrow(
      `The port ${port} cannot be had`,
    );
    expect(await control.organizations()).toHaveLength(1);
  });
});

describe('organizations without a server', () => {
  it('are there from the start where the options say so, and a wrong one lets nothing start', () => {
    const simulator = createSimulator({ organizations: [{ name: 'fabrikam' }] });
    expect(simulator.organization('fabrikam')?.clock.kind).toBe('virtual');
    simulator.dispose();
    const twice = { organizations: [{ name: 'fabrikam' }, { name: 'contoso' }] };
    expect(() => createSimulator(twice)).toThrow("There is an organization 'contoso' already");
  });

  it('are used in process, and have no port', async () => {
    const simulator = createSimulator();
    await simulator.control.organizations.add({ name: 'fabrikam' });
    expect(simulator.organization('fabrikam')?.control.operations.list()).toEqual([]);
    await expect(simulator.control.organizations.add({ name: 'b', port: 0 })).rejects.toThrow('No server');
    simulator.dispose();
  });
});
