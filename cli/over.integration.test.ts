import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { bgop, emptyFolder } from './fixtures/bgop.ts';

const launcher = fileURLToPath(new URL('../bin/bgop.js', import.meta.url));

it('a command that is over ends, though a peer holds a connection for ever', async () => {
  const held: Socket[] = [];
  const peer = createServer((socket) => held.push(socket));
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  const folder = await emptyFolder();
  // What is loaded before the command opens a connection, as a library that signs in does, and never closes it.
  const hook = path.join(folder, 'connect.mjs');
  const { port } = peer.address() as AddressInfo;
  await writeFile(hook, `import { connect } from 'node:net'; connect(${port}, '127.0.0.1');`);
  const child = spawn(process.execPath, ['--import', pathToFileURL(hook).href, launcher, 'clauses'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const status = await new Promise((resolve) => child.once('close', resolve));
  expect(held.length).toBe(1);
  expect(status).toBe(0);
  expect(out).toBe((await bgop(folder, 'clauses')).out);
  held.forEach((socket) => socket.destroy());
  peer.close();
}, 60_000);

it('a reader that is slow gets all of it', async () => {
  const folder = await emptyFolder();
  const child = spawn(process.execPath, [launcher, 'clauses', '--format', 'json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let out = '';
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    out += text;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const status = await ended;
  expect(status).toBe(0);
  expect(out.length).toBeGreaterThan(60_000);
  expect(out).toBe((await bgop(folder, 'clauses', '--format', 'json')).out);
}, 60_000);
