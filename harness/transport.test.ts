import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { httpTransport } from './transport.ts';

it('asks for answers without a coding, unless a check asks for one', async () => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['accept-encoding']);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const transport = httpTransport();
  try {
    await transport.send({ method: 'GET', url, headers: [] });
    await transport.send({ method: 'GET', url, headers: [['accept-encoding', 'gzip']] });
    expect(asked).toEqual(['identity', 'gzip']);
  } finally {
    await transport.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
