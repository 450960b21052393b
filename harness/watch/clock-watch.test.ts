import { beforeEach, describe, expect, it } from 'vitest';
import { ClockWatch } from './clock-watch.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
let watch: ClockWatch;

beforeEach(() => {
  watch = new ClockWatch();
  watch.begin();
});

describe('the watch over a virtual clock', () => {
  it('has nothing to say of a clock that only the suite moves, in milliseconds or whole seconds', () => {
    let now = start;
    watch.read(now);
    for (const by of [1, 999, 60_000, 7_776_000_000, 1]) watch.advanced(by, (now += by));
    watch.read(now);
    expect(watch.oddity).toBeUndefined();
    watch = new ClockWatch();
    watch.begin();
    let exact = start + 300;
    watch.read(start);
    for (const by of [1, 999, 1, 1_500, 700, 60_000]) {
      exact += by;
      watch.advanced(by, Math.floor(exact / 1_000) * 1_000);
    }
    expect(watch.oddity).toBeUndefined();
  });

  it.each([1, 40, 86_400_000])('sees that somebody else moved it by %i ms, before, during or after', (by) => {
    watch.read(start + 1);
    watch.advanced(10, start + 11 + by);
    expect(watch.oddity?.source).toBe('neighbour');
    watch.begin();
    watch.advanced(5, start + 16 + by);
    watch.read(start + 16 + 2 * by);
    expect(watch.oddity?.source).toBe('neighbour');
  });

  it('counts what happened since the last reading for the check that sees it, and only for that one', () => {
    watch.read(start + 1);
    watch.begin();
    watch.read(start + 5_001);
    expect(watch.oddity?.source).toBe('neighbour');
    watch.begin();
    watch.read(start + 5_001);
    expect(watch.oddity).toBeUndefined();
  });

  it('takes a clock that goes back for a restart, and for a wrong clock where it does so again and again', () => {
    const backs = { watch };
    const back = (): string | undefined => {
      watch = backs.watch;
      watch.read(start + 500);
      watch.begin();
      watch.advanced(1, start);
      return watch.oddity?.source;
    };
    expect([back(), back(), back(), back()]).toEqual(['restart', 'restart', 'restart', 'clock']);
  });

  it('names a clock that stands still, and one that moves by less', () => {
    watch.read(start + 1);
    watch.advanced(2_000, start + 1);
    expect(watch.oddity).toMatchObject({ source: 'clock', what: expect.stringContaining('stands still') });
    watch = new ClockWatch();
    watch.begin();
    watch.read(start + 1);
    watch.advanced(2_000, start + 1_001);
    expect(watch.oddity).toMatchObject({ source: 'clock', what: expect.stringContaining('by less') });
  });
});
