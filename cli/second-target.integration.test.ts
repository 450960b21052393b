import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { emptyFolder, resultIn, start } from './fixtures/bgop.ts';

const example = fileURLToPath(new URL('../examples/second-target/', import.meta.url));
const tokens = {
  BGOP_TOKEN: 'token-initiator',
  BGOP_TOKEN_OTHER: 'token-other',
  BGOP_TOKEN_UNPRIVILEGED: 'token-unprivileged',
};

/** Starts the second target on a free port, and resolves with its address. */
async function served(): Promise<{ url: string; end: () => void }> {
  const server = spawn(process.execPath, [path.join(example, 'server.mjs'), '--port', '0'], {
    env: { ...process.env, ...tokens },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = /listening on (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    server.once('error', reject);
    server.once('close', () => reject(new Error(`the second target ended: ${said}`)));
  });
  return { url, end: () => server.kill() };
}

it('holds nothing against a right implementation that shares no code with the simulator', async () => {
  const { url, end } = await served();
  try {
    const folder = await emptyFolder();
    const text = await readFile(path.join(example, 'bgop.config.json'), 'utf8');
    await writeFile(path.join(folder, 'bgop.config.json'), text.replaceAll('http://127.0.0.1:8099', url));
    const { status, out, err } = await start(folder, ['verify', '--runs', '25'], tokens).ended;
    expect(status, out + err).toBe(0);
    expect((await resultIn(folder))?.summary).toMatchObject({ failed: 0, warned: 0, inconclusive: 0 });
    const open = (await resultIn(folder))?.clauses.filter(
      ({ level, verdict }) => level === 'MUST' && verdict !== 'passed',
    );
    expect(open).toEqual([]);
  } finally {
    end();
  }
}, 300_000);
