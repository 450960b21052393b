import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { JournalWriter } from '../../reports/journal.ts';
import { takeLock } from '../report-lock/lock.ts';
import { main } from '../main.ts';
import { partsIn } from './parts.ts';

/** A folder that a run left which did not come to its end. */
async function journaled(shard?: string): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bgop parts '));
  new JournalWriter(directory).begin({
    startedAt: new Date(0).toISOString(),
    root: '/suite',
    meta: { seed: 7 },
    ...(shard === undefined ? {} : { shard }),
    tests: [],
  });
  return directory;
}

it('takes the journal of a shard that was killed for its part', async () => {
  const directory = await journaled('2/3');
  expect(await partsIn(directory)).toEqual([
    { file: directory, name: 'shard-2-of-3.zip', meta: { seed: 7 } },
  ]);
  // Killed while its archive was being written.
  await writeFile(path.join(directory, 'shard-2-of-3.zip'), 'half of it');
  expect(await partsIn(directory)).toHaveLength(1);
});

it('takes no journal of a run that is at work, and none of a run in one piece', async () => {
  await expect(partsIn(await journaled())).rejects.toThrow('not run with --shard');
  const directory = await journaled('1/2');
  const lock = takeLock(directory);
  try {
    await expect(partsIn(directory)).rejects.toThrow('its run is at work');
  } finally {
    lock.release();
  }
});

it('joins nothing where every shard was killed, and says what to do', async () => {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  const report = path.join(await mkdtemp(path.join(tmpdir(), 'bgop parts ')), 'joined');
  const directories = [await journaled('1/2'), await journaled('2/2')];
  expect(await main(['report', 'merge', ...directories, '--report', report], { out: take, err: take })).toBe(
    2,
  );
  expect(lines.join('\n')).toContain('bgop report recover');
});
