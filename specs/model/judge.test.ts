import { describe, expect, it } from 'vitest';
import type { History, Observation, Sight } from './history.ts';
import { judge } from './judge.ts';

const see = (at: number | [number, number], sight: Sight): Observation => {
  const [from, to] = typeof at === 'number' ? [at, at] : at;
  return { operation: 'a', sight, from, to };
};
const read = (at: number | [number, number], state: number, status: number): Observation =>
  see(at, { kind: 'read', resource: 'monitor', shown: { state, status } });
const accepted = see([0, 1], { kind: 'accepted' });
const begins = (at: number): Observation => see(at, { kind: 'attempt-begins' });
const ends = (at: number, outcome: 'succeeded' | 'failed'): Observation =>
  see(at, { kind: 'attempt-ends', outcome });
const history = (...observations: Observation[]): History => ({ observations });

describe('judge', () => {
  it('accepts a plain success', () => {
    expect(
      judge(
        history(accepted, read(2, 0, 0), begins(3), read(4, 2, 20), ends(5, 'succeeded'), read(6, 3, 30)),
      ),
    ).toEqual({ legal: true });
  });

  it('rejects a state that goes back, and names the shortest part', () => {
    const judged = judge(
      history(
        accepted,
        read(2, 0, 0),
        begins(3),
        read(4, 2, 20),
        ends(5, 'succeeded'),
        read(6, 3, 30),
        read(7, 2, 20),
        read(8, 3, 30),
      ),
    );
    expect(judged.legal).toBe(false);
    if (judged.legal) return;
    expect(judged.part.map((one) => one.sight.kind)).toEqual([
      'accepted',
      'attempt-begins',
      'attempt-ends',
      'read',
      'read',
    ]);
    expect(judged.reason).toContain('the monitor showed (2,20) In Progress');
    expect(judged.reason).toContain('ended as (3,30) Succeeded');
  });

  it('accepts concurrent reads that straddle a transition, in either order', () => {
    expect(
      judge(history(accepted, begins(3), ends(5, 'succeeded'), read([4, 9], 3, 30), read([4, 8], 2, 20))),
    ).toEqual({ legal: true });
  });

  it('rejects concurrent reads when one ended before the other began', () => {
    expect(
      judge(history(accepted, begins(3), ends(5, 'succeeded'), read([5, 6], 3, 30), read([7, 9], 2, 20)))
        .legal,
    ).toBe(false);
  });

  it('rejects an execution after a cancellation that came before the start', () => {
    const canceled = see([2, 3], { kind: 'cancel-accepted', way: 'delete' });
    expect(judge(history(accepted, canceled, read(4, 2, 22), begins(5))).legal).toBe(true);
    expect(
      judge({ observations: [accepted, canceled, begins(5)], advances: [{ from: 4, to: 6, now: 10 }] }).legal,
    ).toBe(false);
  });

  it('accepts a cancellation that races the start on either side', () => {
    const canceled = see([2, 6], { kind: 'cancel-accepted', way: 'delete' });
    expect(judge(history(accepted, canceled, read(7, 3, 32))).legal).toBe(true);
    expect(judge(history(accepted, begins(4), canceled, ends(7, 'succeeded'), read(8, 3, 30))).legal).toBe(
      true,
    );
  });

  it('rejects a fifth attempt, an overlap and a success after the last failure', () => {
    const four = [1, 2, 3, 4].flatMap((n) => [begins(n * 10), ends(n * 10 + 1, 'failed')]);
    expect(judge(history(accepted, ...four, read(45, 3, 31))).legal).toBe(true);
    expect(judge(history(accepted, ...four, begins(50))).legal).toBe(false);
    expect(judge(history(accepted, begins(3), begins(4))).legal).toBe(false);
    expect(judge(history(accepted, ...four, read(45, 3, 30))).legal).toBe(false);
  });

  it('lets nothing start while a virtual clock stands still', () => {
    const still = { observations: [accepted, begins(3)], advances: [] };
    expect(judge(still).legal).toBe(false);
    expect(judge({ ...still, advances: [{ from: 2, to: 4, now: 1 }] }).legal).toBe(true);
  });

  it('keeps a row until it may expire', () => {
    const missing = see(20, { kind: 'missing', resource: 'row' });
    const observations = [accepted, begins(3), ends(4, 'succeeded'), read(5, 3, 30), missing];
    expect(
      judge({
        observations,
        begun: 0,
        keptMs: 1_000,
        advances: [
          { from: 2, to: 6, now: 1 },
          { from: 7, to: 9, now: 900 },
        ],
      }).legal,
    ).toBe(false);
    expect(
      judge({
        observations,
        begun: 0,
        keptMs: 1_000,
        advances: [
          { from: 2, to: 6, now: 1 },
          { from: 7, to: 9, now: 1_100 },
        ],
      }).legal,
    ).toBe(true);
  });

  it('allows any attempt where none can be seen, and still no way back', () => {
    const unseen = (...observations: Observation[]): History => ({ observations, attemptsUnseen: true });
    expect(judge(unseen(accepted, read(2, 2, 20), read(3, 0, 0), read(4, 3, 31))).legal).toBe(true);
    expect(judge(unseen(accepted, read(2, 3, 30))).legal).toBe(true);
    expect(judge(unseen(accepted, read(2, 3, 30), read(3, 2, 20))).legal).toBe(false);
    expect(judge(history(accepted, read(2, 3, 30))).legal).toBe(false);
  });
});
