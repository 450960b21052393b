import type { Har } from 'har-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };
const probe = '/api/data/v9.2/bgop_Probe';

describe.each(Object.entries(doors))('requests by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  beforeEach(async () => {
    server = await startServer(createSimulator());
    control = doorOf(server);
  });
  afterEach(() => server.close());

  const request = (path: string, init: RequestInit = {}) => {
    const headers = { authorization: 'Bearer token-initiator', 'content-type': 'application/json' };
    return fetch(`${server.url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  };
  const submit = (prefer: string) =>
    request(probe, { method: 'POST', body: '{"ControlUrl":"http://listener/"}', headers: { prefer } });

  it('are exported as an HTTP archive without secrets', async () => {
    await submit('respond-async,odata.callback;url="http://callback/?sig=s3cret&x=1"');
    await request('/api/data/v9.2/serviceendpoints?$top=1', {
      method: 'POST',
      body: '{"name":"n","contract":8,"url":"http://h/","authtype":4,"authvalue":"s3cret"}',
    });
    await control.addFault({ cut: true });
    await request('/api/data/v9.2/WhoAmI').catch(() => undefined);
    // Its type is that of the definitions which browsers and proxies are written against.
    const archive: Har = await control.har();
    expect(archive.log.version).toBe('1.2');
    expect(archive.log.entries).toMatchObject([
      {
        request: {
          method: 'POST',
          url: `${server.url}${probe}`,
          postData: { mimeType: 'application/json' },
        },
        response: { status: 202, content: { mimeType: 'application/json' } },
      },
      {
        request: {
          queryString: [{ name: '$top', value: '1' }],
          bodySize: 74,
          postData: { text: expect.stringContaining('"authvalue":"***"') as string },
        },
      },
      { response: { status: 0 }, comment: 'The connection was cut instead of answering.' },
    ]);
    expect(JSON.stringify(archive)).toContain('?sig=***&x=1');
    expect(JSON.stringify(archive)).not.toMatch(/s3cret|token-initiator/);
    expect((await control.har({ status: 202 })).log.entries).toHaveLength(1);
    await expect(control.har({ verb: 'x' } as object)).rejects.toThrow('no member "verb"');
    expect((await fetch(`${server.url}/simulator/requests?format=xml`)).status).toBe(400);
  });
});
