import { beforeAll, describe, expect, it } from 'vitest';
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
