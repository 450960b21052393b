import { writeFile } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn, serve } from './fixtures/bgop.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A reverse proxy that serves a folder and strips its name, as docs/public-listener.md has it. */
async function reverseProxy(folder: string, port: number): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = [];
  const proxy = await serve((incoming, response) => {
    const address = incoming.url ?? '/';
    paths.push(address);
    const { method = 'GET', rawHeaders } = incoming;
    const forwarded = send({
      host: '127.0.0.1',
      port,
      method,
      path: address.slice(folder.length),
      headers: rawHeaders,
    });
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    incoming.pipe(forwarded);
  });
  closers.push(proxy.close);
  return { url: `${proxy.url}${folder}`, paths };
}

async function folderFor(listener: object): Promise<string> {
  // A real clock alone would allow two workers.
  const target = await startServer({ clock: 'real' });
  closers.push(target.close);
  const folder = await emptyFolder();
  const auth = { kind: 'simulator-user', user: 'initiator' };
  await writeFile(
    path.join(folder, 'bgop.config.json'),
    JSON.stringify({ target: { kind: 'url', url: target.url, auth }, listener }),
  );
  return folder;
}

describe('a listener behind a public address', () => {
  it('is reached through a reverse proxy, path and query unchanged, and means one worker', async () => {
    const port = await freePort();
    const proxy = await reverseProxy('/deep/listener', port);
    const folder = await folderFor({ port, publicUrl: proxy.url });
    const ended = await bgop(
      folder,
      'verify',
      '--only',
      'callback.post,callback.url-verbatim',
      '--seed',
      '7',
    );
    expect(ended.err).toContain('1 worker\n');
    expect(ended.status, ended.out + ended.err).toBe(0);
    expect((await resultIn(folder))?.summary).toMatchObject({ passed: 2, failed: 0 });
    expect(proxy.paths.length).toBeGreaterThan(2);
    for (const one of proxy.paths)
      expect(one).toMatch(/^\/deep\/listener\/bgop\/[0-9a-f]{8}-0\/[0-9a-f]{32}(?:$|[/?])/);
  }, 120_000);

  it('refuses a second worker, and a port that nobody can forward to', async () => {
    const listener = { port: await freePort(), publicUrl: 'https://tunnel.example' };
    const two = await bgop(await folderFor(listener), 'verify', '--workers', '2');
    expect([two.status, two.err]).toEqual([
      2,
      'bgop: --workers: a listener behind publicUrl has one port, so it allows one worker.\n',
    ]);
    const anywhere = await bgop(await folderFor({ publicUrl: 'https://tunnel.example' }), 'verify');
    expect(anywhere.status).toBe(2);
    expect(anywhere.err).toContain(
      'listener.port: found 0, any free port, expected the port to which listener.publicUrl leads',
    );
  }, 60_000);

  it('that is taken ends the run with 3 before it begins', async () => {
    const other = await serve((_request, response) => response.end());
    closers.push(other.close);
    const port = Number(new URL(other.url).port);
    const ended = await bgop(await folderFor({ port }), 'verify');
    expect(ended.status).toBe(3);
    expect(ended.err).toContain(`the listener cannot be served on 127.0.0.1 port ${port} (EADDRINUSE).`);
  }, 60_000);
});
