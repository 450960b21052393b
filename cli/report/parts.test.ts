import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { JournalWriter } from '../../reports/journal.ts';
import type { RunMeta } from '../../record/run-meta.ts';
import { takeLock } from '../report-lock/lock.ts';
import { main } from '../main.ts';
import { differsFrom, partsIn } from './parts.ts';

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
    { file: directory, name: 'shard-2-of-3.zip', meta: { seed: 7 }, startedAt: 0 },
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

it.each<[RunMeta, RunMeta, string | undefined]>([
  [{ seed: 1 }, { seed: 2 }, 'seed: 2 instead of 1'],
  [{ only: ['cancel'] }, {}, '--only: nothing instead of cancel'],
  [{ runs: 10 }, { runs: 20 }, 'number of runs of each property: 20 instead of 10'],
  [{ offers: ['event'] }, { offers: [] }, 'what the target offers: nothing instead of event'],
  [{ only: ['a', 'b'], runs: 1 }, { only: ['b', 'a'], runs: 1 }, undefined],
])('joins no shards of different runs: %j and %j', (meta, other, difference) => {
  const why = differsFrom({ file: 'one', name: 'a', meta }, { file: 'two', name: 'b', meta: other });
  expect(why).toBe(difference && `cannot be joined: it is of another run than one: ${difference}`);
});

it('joins no shards that began more than a day apart', () => {
  const began = (startedAt: number) => ({ file: 'one', name: 'a', meta: {}, startedAt });
  const day = 24 * 60 * 60 * 1_000;
  expect(differsFrom(began(0), began(day))).toBeUndefined();
  const why =
    'it began at 1970-01-02T00:00:00.001Z, that one at 1970-01-01T00:00:00.000Z, which is more than a day apart';
  expect(differsFrom(began(0), began(day + 1))).toContain(why);
  expect(differsFrom(began(day + 1), began(0))).toContain('more than a day apart');
});
