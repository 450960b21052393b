/** A source of numbers in [0, 1). */
export type Random = () => number;

/** A source that can be continued from where it stands: its `state` as the seed gives the same numbers. */
export interface SeededRandom {
  (): number;
  readonly state: () => number;
}

/** A seeded generator (mulberry32): the same seed gives the same numbers, everywhere. */
export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Object.assign(next, { state: () => state });
}

/** One of the given, evenly. */
export function pick<T>(random: Random, options: readonly [T, ...T[]]): T {
  // Null is an option like any other.
  return options[Math.floor(random() * options.length)] as T;
}
