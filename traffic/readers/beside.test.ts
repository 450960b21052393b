import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RawExchange } from '../take-in.ts';
import { readTrafficFile } from './read-file.ts';

// What browsers put beside an exchange: a second entry for the same, and bodies in files.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'beside-'));
});
afterEach(() => rm(folder, { recursive: true }));

const poll = (atMs: number, more: object = {}, content: object = { text: '{}' }) => ({
  startedDateTime: new Date(Date.UTC(2026, 2, 1) + atMs).toISOString(),
  time: 40,
  request: { method: 'GET', url: 'https://contoso.crm.dynamics.com/api/a', headers: [] },
  response: { status: 200, headers: [], content: { mimeType: 'application/json', ...content } },
  ...more,
});

async function read(entries: readonly object[], below = ''): Promise<RawExchange[]> {
  const file = path.join(folder, below, 'client.har');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ log: { version: '1.2', entries } }));
  const found: RawExchange[] = [];
  for await (const one of (await readTrafficFile(file)).exchanges) if (one !== 'unplaced') found.push(one);
  return found;
}

const viaWorker = { _fetchedViaServiceWorker: true };
const starts = (found: readonly RawExchange[]) => found.map(({ from }) => from - Date.UTC(2026, 2, 1));

it('what a service worker asked for a page counts once: as the worker sent it', async () => {
  const found = await read([poll(0, viaWorker), poll(6), poll(60_000, viaWorker), poll(60_006)]);
  expect(starts(found)).toEqual([6, 60_006]);
});

it('what a page asked of its worker counts where the request of the worker is not there', async () => {
  expect(starts(await read([poll(0, viaWorker), poll(60_000, viaWorker)]))).toEqual([0, 60_000]);
  expect(starts(await read([poll(0, viaWorker), poll(41)]))).toEqual([41, 0]);
});

it('two requests of a page at once are two', async () => {
  expect(starts(await read([poll(0), poll(6)]))).toEqual([0, 6]);
});

it('a body in a file beside the archive is read, and from nowhere else', async () => {
  const secret = path.join(folder, 'secret.json');
  await writeFile(secret, '{"other":1}');
  await mkdir(path.join(folder, 'har'));
  await writeFile(path.join(folder, 'har', 'body.json'), '{"own":1}');
  const entries = ['body.json', '../secret.json', secret, 'missing.json', '.'].map((_file, index) =>
    poll(index, {}, { _file }),
  );
  const found = await read(entries, 'har');
  expect(found.map(({ answerBody }) => answerBody)).toEqual(['{"own":1}', '', '', '', '']);
});

it('a picture in a file is left where it is', async () => {
  await writeFile(path.join(folder, 'body.png'), 'picture');
  const [found] = await read([poll(0, {}, { _file: 'body.png', mimeType: 'image/png' })]);
  expect(found?.answerBody).toBe('');
});
