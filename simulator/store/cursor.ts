/**
 * Slots in ascending order, found by leaps: each call gives the nearest one, or -1 if there is none. An
 * intersection that has leapt for long gives the slot it has come to, which may not be one of its own: so no call
 * takes long, and whoever asks has to look at the row anyway.
 */
export interface Cursor {
  /** How often a call may have to ask a set. */
  readonly weight: number;
  /** The first slot from `from` on, itself included. */
  next(from: number): number;
  /** The last slot up to `from`, itself included. */
  previous(from: number): number;
}

/** The slots from `low` up to, but not including, `high`. */
export function range(low: number, high: number): Cursor {
  return {
    weight: 1,
    next: (from) => (from >= high || low >= high ? -1 : Math.max(from, low)),
    previous: (from) => (from < low || low >= high ? -1 : Math.min(from, high - 1)),
  };
}

/** No slots. */
export const nothing: Cursor = range(0, 0);

/** The slots that all of some cursors give. */
export function intersection(cursors: readonly Cursor[]): Cursor {
  const [only] = cursors;
  if (cursors.length === 1 && only) return only;
  const sum = weightOf(cursors);
  const rounds = Math.max(1, Math.floor(leapsOfLight / sum));
  return {
    weight: sum * rounds,
    next: (from) => settle(from, cursors, rounds, (cursor, at) => cursor.next(at)),
    previous: (from) => settle(from, cursors, rounds, (cursor, at) => cursor.previous(at)),
  };
}

/** The slots that at least one of some cursors gives. */
export function union(cursors: readonly Cursor[]): Cursor {
  const [only] = cursors;
  if (cursors.length === 1 && only) return only;
  return {
    weight: weightOf(cursors),
    next: (from) => {
      let best = -1;
      for (const cursor of cursors) {
        const slot = cursor.next(from);
        if (slot === from) return slot;
        if (slot >= 0 && (best < 0 || slot < best)) best = slot;
      }
      return best;
    },
    previous: (from) => {
      let best = -1;
      for (const cursor of cursors) {
        const slot = cursor.previous(from);
        if (slot === from) return slot;
        if (slot > best) best = slot;
      }
      return best;
    },
  };
}

function weightOf(cursors: readonly Cursor[]): number {
  return cursors.reduce((sum, { weight }) => sum + weight, 0);
}

/** Leaps that an intersection of few sets makes before it gives the slot it has come to; one of many makes one round. */
const leapsOfLight = 32;

/** Leaps over the cursors in turn until they agree on a slot, or long enough. */
function settle(
  from: number,
  cursors: readonly Cursor[],
  rounds: number,
  leap: (cursor: Cursor, at: number) => number,
): number {
  let at = from;
  for (let round = 1; ; round += 1) {
    const before = at;
    for (const cursor of cursors) {
      at = leap(cursor, at);
      if (at < 0) return -1;
    }
    if (at === before || round === rounds) return at;
  }
}
