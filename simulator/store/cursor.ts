/** Slots in ascending order, found by leaps: each call gives the nearest one, or -1 if there is none. */
export interface Cursor {
  /** The first slot from `from` on, itself included. */
  next(from: number): number;
  /** The last slot up to `from`, itself included. */
  previous(from: number): number;
}

/** The slots from `low` up to, but not including, `high`. */
export function range(low: number, high: number): Cursor {
  return {
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
  return {
    next: (from) => settle(from, cursors, (cursor, at) => cursor.next(at)),
    previous: (from) => settle(from, cursors, (cursor, at) => cursor.previous(at)),
  };
}

/** The slots that at least one of some cursors gives. */
export function union(cursors: readonly Cursor[]): Cursor {
  const [only] = cursors;
  if (cursors.length === 1 && only) return only;
  return {
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

/** Leaps over the cursors in turn until they agree on a slot. */
function settle(
  from: number,
  cursors: readonly Cursor[],
  leap: (cursor: Cursor, at: number) => number,
): number {
  let at = from;
  for (;;) {
    const before = at;
    for (const cursor of cursors) {
      at = leap(cursor, at);
      if (at < 0) return -1;
    }
    if (at === before) return at;
  }
}
