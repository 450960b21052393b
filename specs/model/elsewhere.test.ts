import { describe, expect, it } from 'vitest';
import { brokenElsewhere } from './elsewhere.ts';
import type { Observation, Shown, Sight } from './history.ts';

const see = (at: number, sight: Sight): Observation => ({ operation: 'a', sight, from: at, to: at });
const read = (at: number, shown: Shown): Observation => see(at, { kind: 'read', resource: 'monitor', shown });
const life = (...between: Observation[]): { observations: Observation[] } => ({
  observations: [
    see(0, { kind: 'accepted' }),
    see(3, { kind: 'attempt-begins' }),
    see(5, { kind: 'attempt-ends', outcome: 'succeeded' }),
    ...between,
  ],
});

describe('brokenElsewhere', () => {
  it('names the clause of a detail that is all that is wrong', () => {
    const early = read(4, { state: 2, status: 20, error: true });
    expect(brokenElsewhere(life(early))).toBe('monitor.error-only-on-failure');
    const outputs = read(4, { state: 2, status: 20, outputs: true });
    expect(brokenElsewhere(life(outputs))).toBe('monitor.outputs-only-on-success');
    expect(brokenElsewhere(life(see(4, { kind: 'cancel-refused', way: 'delete' })))).toBe(
      'cancel.running-accepted',
    );
  });

  it('names one of several that come together', () => {
    const both = life(
      read(4, { state: 2, status: 20, error: true }),
      see(4, { kind: 'callback', shown: { state: 2, status: 20 } }),
    );
    expect(brokenElsewhere(both)).toBe('callback.codes');
  });

  it('names none where the states alone fit no life', () => {
    expect(brokenElsewhere(life(read(6, { state: 3, status: 30 }), read(7, { state: 2, status: 20 })))).toBe(
      undefined,
    );
    expect(brokenElsewhere(life(read(4, { state: 3, status: 30, outputs: true })))).toBe(undefined);
  });

  it('names no delivery that tells what the monitor shows to the last', () => {
    const unfinished = { state: 2, status: 20 };
    const told = see(6, { kind: 'callback', shown: unfinished });
    expect(brokenElsewhere(life(told, read(7, unfinished)))).toBe(undefined);
    expect(brokenElsewhere(life(told, read(7, { state: 3, status: 30 })))).toBe('callback.codes');
  });
});
