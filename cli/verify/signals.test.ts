import { afterEach, describe, expect, it } from 'vitest';
import { takeEarlySignals, takeSignals } from './signals.ts';

const releases: (() => void)[] = [];
afterEach(() => {
  for (const release of releases.splice(0)) release();
});

/** Takes signals until the test is over, and counts them. */
function counting(): { count: number; release: () => void } {
  const taken = { count: 0, release: () => undefined as void };
  taken.release = takeSignals(() => {
    taken.count += 1;
  }).release;
  releases.push(taken.release);
  return taken;
}

describe('signals', () => {
  it('go to whoever took them last, and back after the release', () => {
    const [first, second] = [counting(), counting()];
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect([first.count, second.count]).toEqual([0, 2]);
    second.release();
    second.release();
    process.emit('SIGHUP');
    expect([first.count, second.count]).toEqual([1, 2]);
  });

  it('are left to the process when nobody takes them', () => {
    const before = process.listenerCount('SIGINT');
    const taken = counting();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    taken.release();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('end the process with a word before a run has begun', () => {
    const told: string[] = [];
    let ended = 0;
    const terminal = {
      out: () => undefined,
      document: () => undefined,
      err: (line: string) => void told.push(line),
    };
    releases.push(takeEarlySignals(terminal, () => void (ended += 1)).release);
    process.emit('SIGINT');
    expect([ended, told]).toEqual([1, ['bgop: interrupted before the run had begun; nothing was checked.']]);
  });
});
