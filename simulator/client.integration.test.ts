import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

const api = 'bgop_Probe';
let server: RunningServer;
let receiver: Server;
let receiverUrl: string;
const received: { readonly path: string; readonly body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  server = await startServer();
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
      const failure = { outcome: 'fail', errorMessage: 'no luck', errorCode: -2147187707 };
      const success = { outcome: 'succeed', outputs: { Text: 'done', Count: 3 } };
      response.end(JSON.stringify(request.url === '/fail' ? failure : success));
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await server.close();
  receiver.closeAllConnections();
  receiver.close();
});

const client = () =>
  new DynamicsWebApi({
    serverUrl: server.url,
    dataApi: { version: '9.2' },
    onTokenRefresh: () => Promise.resolve('token-initiator'),
  });

interface Accepted {
  readonly backgroundOperationId: string;
  readonly location: string;
}

function submit(path: string, callback?: string): Promise<Accepted> {
  return client().callAction<Accepted>({
    actionName: api,
    action: { ControlUrl: `${receiverUrl}${path}` },
    respondAsync: true,
    ...(callback === undefined ? {} : { backgroundOperationCallbackUrl: callback }),
  });
}

const advance = (milliseconds: number) => server.simulator.clock.advance(milliseconds);
const codes = (state: number, status: number) => ({
  backgroundOperationStateCode: state,
  backgroundOperationStatusCode: status,
});

describe('dynamics-web-api, a client that others wrote, against the server', () => {
  it('says who it is', async () => {
    const answer = await client().callFunction<{ OrganizationId: string }>({ functionName: 'WhoAmI' });
    expect(answer.OrganizationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('calls synchronously', async () => {
    const action = { ControlUrl: `${receiverUrl}/ok` };
    expect(await client().callAction({ actionName: api, action })).toMatchObject({ Text: 'done', Count: 3 });
  });

  it('submits and polls', async () => {
    const { backgroundOperationId: id, location } = await submit('/ok');
    expect(location).toBe(`${server.url}/api/backgroundoperation/${id}`);
    expect(await client().getBackgroundOperationStatus(id)).toMatchObject(codes(0, 0));
    await advance(1);
    expect(await client().getBackgroundOperationStatus(id)).toMatchObject({ ...codes(3, 30), Text: 'done' });
  });

  it('gets its callback', async () => {
    const { backgroundOperationId: id } = await submit('/ok', `${receiverUrl}/callback?sig=a,b`);
    await advance(1);
    const callback = received.find(({ path }) => path === '/callback?sig=a,b');
    expect(callback?.body).toMatchObject({ backgroundOperationId: id, ...codes(3, 30) });
  });

  it('reads and queries rows', async () => {
    const { backgroundOperationId: key } = await submit('/ok');
    const row = await client().retrieve<Record<string, unknown>>({
      collection: 'backgroundoperations',
      key,
      select: ['name', 'backgroundoperationstatuscode'],
      includeAnnotations: '*',
    });
    expect(row).toMatchObject({
      name: api,
      'backgroundoperationstatuscode@OData.Community.Display.V1.FormattedValue': 'Waiting For Resources',
    });
    const { value } = await client().retrieveMultiple<Record<string, unknown>>({
      collection: 'backgroundoperations',
      select: ['backgroundoperationid'],
      filter: `backgroundoperationid eq ${key} and backgroundoperationstatuscode eq 0`,
    });
    expect(value.map((each) => each.backgroundoperationid)).toEqual([key]);
  });

  it('cancels both ways', async () => {
    const [first, second] = [await submit('/never'), await submit('/never')];
    expect(await client().cancelBackgroundOperation(first.backgroundOperationId)).toMatchObject(codes(2, 22));
    await client().update({
      collection: 'backgroundoperations',
      key: second.backgroundOperationId,
      data: { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 },
    });
    await advance(1000);
    for (const { backgroundOperationId: id } of [first, second]) {
      expect(await client().getBackgroundOperationStatus(id)).toMatchObject(codes(3, 32));
    }
    expect(received.filter(({ path }) => path === '/never')).toEqual([]);
    await expect(client().cancelBackgroundOperation(first.backgroundOperationId)).rejects.toMatchObject({
      status: 409,
    });
  });

  it('sees a failure after the retries', async () => {
    const { backgroundOperationId: id } = await submit('/fail');
    await advance(3_600_000);
    expect(received.filter(({ path }) => path === '/fail')).toHaveLength(4);
    expect(await client().getBackgroundOperationStatus(id)).toMatchObject({
      ...codes(3, 31),
      backgroundOperationErrorCode: -2147187707,
      backgroundOperationErrorMessage: 'no luck',
    });
  });

  it('is told of an unknown id', async () => {
    const key = '00000000-0000-4000-8000-00000000dead';
    await expect(client().getBackgroundOperationStatus(key)).rejects.toMatchObject({ status: 404 });
    await expect(client().retrieve({ collection: 'backgroundoperations', key })).rejects.toMatchObject({
      status: 404,
    });
  });
});
