import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const layOut = fileURLToPath(new URL('../scripts/image-app.mjs', import.meta.url));

// What the image holds is a list by hand: a package that the simulator began to use and the list lacks
// stops every container. Neither an engine nor an image is needed to notice it.
it('lays out all that the image’s simulator loads', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop-image-app-'));
  try {
    await promisify(execFile)(process.execPath, [layOut, folder]);
    const child = spawn(process.execPath, [path.join(folder, 'dist/containers/entry.js'), '--port', '0'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    try {
      let port: string | undefined;
      for await (const line of createInterface(child.stdout)) {
        port = /^listening on http:\/\/0\.0\.0\.0:(\d+)/u.exec(line)?.[1];
        if (port !== undefined) break;
      }
      expect(port, said).toBeDefined();
      const answer = await fetch(`http://127.0.0.1:${port}/api/data/v9.2/WhoAmI`);
      expect(answer.status).toBe(401);
    } finally {
      child.kill();
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
