import { describe, expect, it } from 'vitest';
import { depthHeader } from './http/depth.ts';
import { createKit } from './test-kit.ts';

const endpoint = (authvalue: string) => ({
  name: 'hook',
  contract: 8,
  url: 'https://receiver/h',
  authtype: 5,
  authvalue,
});
const setting = (name: string, value: string) =>
  `<settings><setting name="${name}" value="${value}" /></settings>`;

describe('receivers that mean no good', () => {
  it('ends an attempt that is told to continue for ever, on a virtual clock and in a synchronous call', async () => {
    const kit = createKit({ retry: { baseMs: 1 } }, () => ({ outcome: 'continue', milliseconds: 0 }));
    const id = await kit.submit();
    await kit.advance(1);
    expect(kit.sent.length).toBe(5001);
    await kit.advance(60_000);
    expect((await kit.monitor(id))?.backgroundOperationErrorMessage).toContain('more than 5,000 times');
    const called = kit.call('POST', '/api/data/v9.2/bgop_Probe', { body: { ControlUrl: 'http://x/' } });
    // On a virtual clock a synchronous call goes on when the clock moves.
    await new Promise((resolve) => setImmediate(resolve));
    await kit.advance(1);
    expect((await called).status).toBe(400);
  });

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    ' Connection',
    'Upgrade',
    'Expect',
    'TE',
    'X-BGOP-Depth',
  ])('lets no webhook set %j', async (name) => {
    const kit = createKit();
    const refused = await kit.call('POST', '/api/data/v9.2/serviceendpoints', {
      body: endpoint(setting(name, 'x')),
    });
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('authvalue')]);
    const made = await kit.call('POST', '/api/data/v9.2/serviceendpoints', {
      body: endpoint(setting('x-key', 'x')),
    });
    const { headers } = made;
    const url = headers.find(([each]) => each === 'OData-EntityId')?.[1] ?? '';
    const changed = await kit.call('PATCH', new URL(url).pathname, {
      body: { authvalue: setting(name, 'x') },
    });
    expect(changed.status).toBe(400);
  });

  it('ends a chain of calls that come back', async () => {
    const kit = createKit({}, async (request) => {
      const depth = Object.fromEntries(request.headers)[depthHeader] ?? '';
      const again = await kit.call('POST', '/api/data/v9.2/bgop_Probe', {
        body: { ControlUrl: 'http://itself/' },
        headers: { [depthHeader]: depth, prefer: 'respond-async' },
      });
      return { status: again.status, body: '' } as never;
    });
    await kit.submit();
    await kit.advance(1000);
    const depths = kit.sent.map(({ headers }) => Number(Object.fromEntries(headers)[depthHeader]));
    expect(Math.max(...depths)).toBe(9);
  });
});
