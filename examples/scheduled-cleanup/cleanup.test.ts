import { beforeAll, describe, expect, it } from 'vitest';
import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';
import type { FaultRule } from '../../simulator/simulator.ts';
import { VirtualOrganization } from '../flow/virtual-organization.ts';
import { runCleanup, type CleanupNight } from './cleanup-flow.ts';
import { createCleanup, Records } from './records.ts';
import { cleanupPicture } from './picture.ts';
import { tellStory, type Story } from './story.ts';

describe('a scheduled clean-up', () => {
  let story: Story;
  beforeAll(async () => {
    story = await tellStory();
  });
  const night = (index: number) => story.nights[index] ?? { batches: [], stopped: undefined };

  it('archives each record before it is deleted, once, and loses none', () => {
    const { records } = story;
    expect(records.all).toBe(60_000 + 6 * 20_000);
    expect(new Set(records.archived.values())).toEqual(new Set([1]));
    expect(records.archived.size + records.obsolete.size).toBe(records.all);
    expect([...records.obsolete].some((id) => records.archived.has(id))).toBe(false);
  });

  it('runs into the two-minute limit, halves its batches until they fit, and stays with that size', () => {
    expect(night(0).batches.map(({ size, outcome }) => `${size} ${outcome}`)).toEqual([
      '60000 failed',
      '30000 failed',
      '15000 succeeded',
      '15000 succeeded',
      '15000 succeeded',
      '15000 succeeded',
    ]);
    const [first] = night(0).batches;
    expect(first?.error).toContain('time');
    // Four attempts of two minutes each, with waits of 30, 60 and 120 s between them.
    expect(first?.tookMs).toBeGreaterThan(4 * 120_000 + 210_000);
    expect(night(1).batches.map(({ size, outcome }) => `${size} ${outcome}`)).toEqual([
      '15000 succeeded',
      '15000 succeeded',
    ]);
  });

  it('is stopped half-way: what has begun ends, nothing more starts, and the next night goes on', () => {
    expect(night(2)).toMatchObject({ stopped: true });
    expect(night(2).batches).toHaveLength(1);
    expect(night(3)).toMatchObject({ stopped: false });
    expect(night(3).batches.map(({ deleted }) => deleted)).toEqual([15_000, 10_000]);
    expect(story.leftAfter).toEqual([0, 0, 5_000, 0, 0, 0, 0]);
  });

  it('is drawn: a bar for each operation', () => {
    const picture = cleanupPicture(story);
    const operations = story.nights.flatMap(({ batches }) => batches);
    expect(picture.split('<title>').length - 1).toBe(operations.length);
    expect(picture).toContain('stopped by hand');
  });
});

describe('a night of the clean-up that cannot be finished', () => {
  const day = 86_400_000;

  /** One night with a plug-in of this kind; 4,000 records are obsolete. */
  async function oneNight(
    execute: CustomApi['execute'] | undefined,
    rule?: FaultRule,
  ): Promise<CleanupNight | undefined> {
    const records = new Records();
    records.age(4_000);
    const cleanup = createCleanup(records);
    const organization = new VirtualOrganization([execute === undefined ? cleanup : { ...cleanup, execute }]);
    if (rule !== undefined) organization.simulator.control.faults.add(rule);
    const options = { firstBatch: 3_000, smallestBatch: 1_000 };
    const [night] = await organization.until(runCleanup(organization, organization.now() + day, options));
    organization.simulator.dispose();
    return night;
  }

  it('halves at time-outs alone: another failure is reported at once', async () => {
    const night = await oneNight(() => Promise.reject(new Error('The archive is full.')));
    expect(night?.batches.map(({ size }) => size)).toEqual([3_000]);
    expect(night?.report).toBe('A batch ended failed: The archive is full.');
  });

  it('gives up below the smallest batch, and says so', async () => {
    const night = await oneNight(async ({ pause }) => {
      await pause(600_000);
      return {};
    });
    expect(night?.batches.map(({ size }) => size)).toEqual([3_000, 1_500, 1_000]);
    expect(night?.report).toBe('Even 1,000 records take longer than two minutes: look at the plug-in.');
  });

  it('does not go on for ever where nothing is deleted', async () => {
    const night = await oneNight(() => Promise.resolve({ Deleted: 0, Left: 4_000 }));
    expect(night?.report).toBe('A batch succeeded, and deleted nothing.');
  });

  it('goes on by the monitor where a callback gets lost', async () => {
    const night = await oneNight(undefined, { match: { delivery: 'callback' }, deliver: 'drop', times: 9 });
    expect(night).toMatchObject({ left: 0, report: undefined });
    expect(night?.batches.map(({ deleted }) => deleted)).toEqual([3_000, 1_000]);
  });
});
