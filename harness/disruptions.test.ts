import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { disruptionsNoted, forgetDisruptions, noteDisruption } from './disruptions.ts';

const folders: string[] = [];
afterEach(async () => {
  forgetDisruptions();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function sharedFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop notes '));
  folders.push(folder);
  return path.join(folder, 'disruptions');
}

it('counts what happens again, the most often first, over all processes that share the file', async () => {
  const shared = await sharedFile();
  noteDisruption('network', 'a connection was reset', shared);
  for (let i = 0; i < 3; i += 1) noteDisruption('gateway', 'a gateway answered 502', shared);
  expect(disruptionsNoted(shared)).toEqual([
    { source: 'gateway', message: 'a gateway answered 502', times: 3 },
    { source: 'network', message: 'a connection was reset', times: 1 },
  ]);
});

it('keeps notes in the process where no file is named', () => {
  noteDisruption('clock', 'the clock stood still');
  noteDisruption('clock', 'the clock stood still');
  expect(disruptionsNoted()).toEqual([{ source: 'clock', message: 'the clock stood still', times: 2 }]);
});

it('reads past a line that was never finished, and nothing where nothing was noted', async () => {
  const shared = await sharedFile();
  expect(disruptionsNoted(shared)).toEqual([]);
  noteDisruption('restart', 'the target was restarted', shared);
  await writeFile(shared, '{"source":"net', { flag: 'a' });
  expect(disruptionsNoted(shared)).toHaveLength(1);
});

it('tells a hundred kinds at most, and no secret', async () => {
  const shared = await sharedFile();
  for (let i = 0; i < 150; i += 1) noteDisruption('gateway', `answer ${i}`, shared);
  expect(disruptionsNoted(shared)).toHaveLength(100);
  const other = await sharedFile();
  noteDisruption('gateway', 'Authorization: Bearer abcdefghijklmnop', other);
  expect(JSON.stringify(disruptionsNoted(other))).not.toContain('abcdefghijklmnop');
});
