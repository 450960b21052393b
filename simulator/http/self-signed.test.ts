import { X509Certificate } from 'node:crypto';
import { Agent, get } from 'node:https';
import { describe, expect, it } from 'vitest';
import { startServer } from '../server.ts';
import { isGoodFor, selfSigned } from './self-signed.ts';

const names = ['localhost', '127.0.0.1', '::1', 'contoso.test'];
const made = await selfSigned(names);

describe('a certificate that the simulator made', () => {
  it('vouches for itself and for nothing else', () => {
    const read = new X509Certificate(made.cert);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(false);
    expect(read.subjectAltName).toContain('DNS:contoso.test');
  });

  it('is good for its names, for its time, with its key', async () => {
    const day = 86_400_000;
    expect(isGoodFor(made, names)).toBe(true);
    expect(isGoodFor(made, ['other.test'])).toBe(false);
    expect(isGoodFor(made, ['10.0.0.1'])).toBe(false);
    expect(isGoodFor(made, names, Date.now() + 396.5 * day)).toBe(false);
    expect(isGoodFor(made, names, Date.now() - day)).toBe(false);
    expect(isGoodFor({ ...made, key: (await selfSigned(names)).key }, names)).toBe(false);
    expect(isGoodFor({ cert: '', key: '' }, names)).toBe(false);
  });

  it('lets one simulator serve https and http side by side', async () => {
    const server = await startServer({}, { tls: made, tlsPort: 0 });
    try {
      expect(server.url).toMatch(/^http:/);
      expect(server.tlsUrl).toMatch(/^https:/);
      const submitted = await fetch(`${server.url}/api/data/v9.2/sample_Echo`, {
        method: 'POST',
        headers: { authorization: 'Bearer token-initiator', prefer: 'respond-async' },
      });
      const { pathname } = new URL(submitted.headers.get('location') ?? '');
      const url = new URL(pathname, server.tlsUrl);
      url.hostname = 'localhost';
      const status = await new Promise((resolve, reject) => {
        const agent = new Agent({ ca: made.cert });
        const headers = { authorization: 'Bearer token-initiator' };
        get(url, { agent, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('needs two free ports, and takes none if one is not free', async () => {
    const other = await startServer();
    const taken = Number(new URL(other.url).port);
    await expect(startServer({}, { tls: made, tlsPort: taken })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await other.close();
  });
});
