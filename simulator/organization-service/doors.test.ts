import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createHandlers } from '../handlers.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import { execute, message, request } from './soap.fixture.ts';

const origin = 'https://contoso.crm.dynamics.com';
const body = message(execute(request('WhoAmI')));
const headers = { 'content-type': 'text/xml; charset=utf-8', authorization: 'Bearer token-initiator' };

describe('the MSW handlers', () => {
  it.each([
    '/XRMServices/2011/Organization.svc/web',
    '/xrmservices/2011/organization.svc/web?SDKClientVersion=9',
  ])('serve %s', async (path) => {
    const handlers = createHandlers(createSimulator(), origin);
    const answer = await getResponse(
      handlers,
      new Request(`${origin}${path}`, { method: 'POST', headers, body }),
    );
    expect(answer?.status).toBe(200);
    expect(answer?.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await answer?.text()).toContain('WhoAmIResponse');
  });

  it('leave other hosts alone', async () => {
    const handlers = createHandlers(createSimulator(), origin);
    const other = origin.replaceAll('.', 'x');
    const path = '/XRMServices/2011/Organization.svc/web';
    expect(await getResponse(handlers, new Request(`${other}${path}`))).toBeUndefined();
  });
});

describe('the server', () => {
  it('takes SOAP at this path only, and nothing compressed or from a web page', async () => {
    const server = await startServer({}, { bodyLimit: 100_000 });
    const post = (path: string, more: Record<string, string> = {}, text = body) =>
      fetch(`${server.url}${path}`, { method: 'POST', headers: { ...headers, ...more }, body: text });
    const path = '/XRMServices/2011/Organization.svc/web';
    try {
      const answer = await post(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('WhoAmIResponse');
      expect((await post('/api/data/v9.2/sample_Echo')).status).toBe(415);
      expect((await post(path, { 'content-encoding': 'gzip' })).status).toBe(415);
      expect((await post(path, { 'content-type': 'text/plain' })).status).toBe(415);
      expect((await post(path, { 'content-type': 'text/xml; charset=utf-16' })).status).toBe(415);
      for (const more of ['; charset="UTF-8";', ';charset=utf-8; action="urn:a"', ';'])
        expect((await post(path, { 'content-type': `text/xml${more}` })).status, more).toBe(200);
      for (const more of [' ; Charset=iso-8859-1', '; charset=utf-8; charset=utf-16', '; charset="utf-8'])
        expect((await post(path, { 'content-type': `text/xml${more}` })).status, more).toBe(415);
      expect((await post(path, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await post(path, {}, 'x'.repeat(200_000))).status).toBe(413);
    } finally {
      await server.close();
    }
  });
});
