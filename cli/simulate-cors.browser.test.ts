import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../reports/fixtures/browser.ts';
import { startServer, type RunningServer } from '../simulator/server.ts';

const browser = await launchBrowser();
let site: Server;
let simulator: RunningServer;
let page: Page | undefined;
let origin: string;

/** What a page's own code sees of an answer; a request that the browser does not let it make or read: the error. */
interface Seen {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly error?: string;
}

interface Sent {
  readonly url: string;
  readonly init: { method: string; headers: Record<string, string>; body?: string };
}

beforeAll(async () => {
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>an app</title>');
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://localhost:${(site.address() as AddressInfo).port}`;
  simulator = await startServer({}, { controlOrigins: [origin] });
  page = await browser?.newPage();
  await page?.goto(`${origin}/`);
});
afterAll(async () => {
  await browser?.close();
  await simulator.close();
  site.close();
});

/** Sends a request from the page, and reads what the page may read. */
async function ask(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Seen> {
  const init = {
    method,
    headers: { authorization: 'Bearer token-initiator', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const run = async ({ url, init: sent }: Sent): Promise<Seen> => {
    try {
      const { status, headers: received } = await fetch(url, sent);
      const names = [
        'location',
        'odata-entityid',
        'preference-applied',
        'retry-after',
        'x-ms-dyn-backgroundoperationid',
      ];
      return { status, headers: Object.fromEntries(names.map((name) => [name, received.get(name)])) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  return (await page?.evaluate(run, { url: `${simulator.url}${path}`, init })) ?? {};
}

describe.skipIf(browser === undefined)('a page in a browser (skipped without one)', () => {
  it('starts an operation, reads the headers that it needs, polls and cancels', async () => {
    const prefer = 'respond-async';
    const { status, headers = {} } = await ask('POST', '/api/data/v9.2/sample_Echo', {}, { prefer });
    const id = headers['x-ms-dyn-backgroundoperationid'] ?? '';
    const monitor = `/api/backgroundoperation/${id}`;
    expect([status, headers.location, headers['preference-applied']]).toEqual([
      202,
      `${simulator.url}${monitor}`,
      prefer,
    ]);
    expect((await ask('GET', monitor)).status).toBe(200);
    expect([200, 409]).toContain((await ask('DELETE', monitor)).status);
  });

  it('reads the id of what it created, and how long it is to wait', async () => {
    const endpoint = { name: 'w', contract: 8, authtype: 4, authvalue: 'k', url: 'http://127.0.0.1:9/' };
    const created = await ask('POST', '/api/data/v9.2/serviceendpoints', endpoint);
    expect(created.headers?.['odata-entityid']).toContain('/serviceendpoints(');
    const rule = { status: 429, retryAfter: 3, match: { path: '*/WhoAmI', method: 'GET' } };
    expect((await ask('POST', '/simulator/faults', rule)).status).toBe(201);
    const throttled = await ask('GET', '/api/data/v9.2/WhoAmI');
    expect([throttled.status, throttled.headers?.['retry-after']]).toEqual([429, '3']);
  });

  it('cannot use the control interface from an origin that was not named', async () => {
    await page?.goto(`${origin.replace('localhost', '127.0.0.1')}/`);
    expect((await ask('POST', '/simulator/reset', {})).error).toContain('Failed to fetch');
    expect((await ask('GET', '/api/data/v9.2/WhoAmI')).status).toBe(200);
    await page?.goto(`${origin}/`);
    expect((await ask('POST', '/simulator/reset', {})).status).toBe(200);
  });
});
