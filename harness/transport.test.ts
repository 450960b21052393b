import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import { createServer as createSilent, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
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

it('reads an answer that comes in a coding all the same', async () => {
  const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const server = createServer((request, response) => {
    const coding = (request.url ?? '/').slice(1);
    const code = codings[coding as keyof typeof codings] as typeof gzipSync | undefined;
    response.setHeader('Content-Encoding', coding);
    response.end(code === undefined ? '{}' : code('{"é":1}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = httpTransport();
  const read = (coding: string) => transport.send({ method: 'GET', url: `${url}/${coding}`, headers: [] });
  try {
    for (const coding of Object.keys(codings)) expect((await read(coding)).body, coding).toBe('{"é":1}');
    await expect(read('zstd')).rejects.toThrow('content coding "zstd", which is not known');
  } finally {
    await transport.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

it('takes no spaces around the value of a header for a part of it', async () => {
  const server = createSilent((socket) =>
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\nX-Spaced: \t a b \t \r\nContent-Length: 0\r\n\r\n'),
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const transport = httpTransport();
  try {
    const { headers } = await transport.send({ method: 'GET', url, headers: [] });
    expect(headers[0]).toEqual(['X-Spaced', 'a b']);
  } finally {
    await transport.close();
    server.close();
  }
});

it('closes in a moment, though a proxy never opens the tunnel', async () => {
  const held: Socket[] = [];
  const proxy = createSilent((socket) => held.push(socket));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const transport = httpTransport();
  try {
    const sent = transport.send(
      { method: 'GET', url: 'https://behind.test/', headers: [] },
      { timeoutMs: 200 },
    );
    await expect(sent).rejects.toThrow('no answer within 0.2 s');
    expect(held.length).toBe(1);
    const from = performance.now();
    await transport.close();
    expect(performance.now() - from).toBeLessThan(60_000);
  } finally {
    vi.unstubAllEnvs();
    for (const socket of held) socket.destroy();
    proxy.close();
  }
}, 90_000);

it('tells of an answer that is no HTTP as a fault of the way', async () => {
  const odd = createSilent((socket) => socket.once('data', () => socket.end('SSH-2.0-bgop\r\n\r\n')));
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(odd.address() as AddressInfo).port}/`;
  const transport = httpTransport();
  try {
    const sent = transport.send({ method: 'GET', url, headers: [] });
    await expect(sent).rejects.toMatchObject({
      message: expect.not.stringContaining('undefined') as string,
      fault: { what: 'the answer was no HTTP', kind: 'network', taken: true },
    });
  } finally {
    await transport.close();
    odd.close();
  }
});
