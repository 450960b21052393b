/**
 * Time, and everything that is to happen later.
 *
 * One rule holds for both clocks: what is scheduled falls due after the present millisecond,
 * never within it. So nothing starts at the moment it was asked for, and with a virtual clock
 * nothing starts at all until somebody moves it.
 */

/** The longest delay that setTimeout takes, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A clock that stands still until it is advanced.
 *
 * `at` returns a handle whose `drop()` takes the work back. Work that falls due at one instant is
 * started together, and awaited together before time goes on: so an answer that takes long holds
 * up time, but not its neighbours.
 *
 * @param {number} start  milliseconds since 1970
 */
export function virtualClock(start) {
  let now = start;
  let queue = [];
  let running = Promise.resolve();

  async function runUntil(end) {
    for (;;) {
      const next = queue[0];
      if (next === undefined || next.due > end) break;
      now = next.due;
      const later = queue.findIndex((item) => item.due > now);
      const batch = queue.splice(0, later === -1 ? queue.length : later);
      await Promise.all(batch.map((item) => item.work()));
    }
    now = end;
  }

  return {
    kind: 'virtual',
    now: () => now,
    at(due, work) {
      const item = { due: Math.max(due, now + 1), work };
      const place = queue.findIndex((other) => other.due > item.due);
      queue.splice(place === -1 ? queue.length : place, 0, item);
      return {
        drop() {
          queue = queue.filter((other) => other !== item);
        },
      };
    },
    /** Moves time by that many milliseconds; advances that overlap are made one after another. */
    advance(milliseconds) {
      const advance = running.then(() => runUntil(now + milliseconds));
      running = advance.catch(() => undefined);
      return advance;
    },
  };
}

/** The machine's own clock, with the same `now` and `at`. */
export function realClock() {
  return {
    kind: 'real',
    now: () => Date.now(),
    at(due, work) {
      let timer;
      const wait = () => {
        const left = due - Date.now();
        timer = left > LONGEST_TIMER ? setTimeout(wait, LONGEST_TIMER) : setTimeout(work, Math.max(1, left));
      };
      wait();
      return { drop: () => clearTimeout(timer) };
    },
  };
}
