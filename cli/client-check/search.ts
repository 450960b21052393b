/** What a search found. */
export interface Found<Item> {
  /** The smallest set that breaks, in order; each member is needed. */
  readonly items: readonly Item[];
  /** How often the client was run. */
  readonly runs: number;
}

/**
 * Finds the smallest part of a list that breaks a client, given that the whole list does. By halving: it looks
 * for the shortest beginning that breaks, whose last member is needed; that one is kept, and the search goes on
 * in what stands before it, until those kept break by themselves. One member of 64 takes 7 runs, a pair 15.
 */
export async function smallestBreaking<Item>(
  items: readonly Item[],
  breaks: (some: readonly Item[]) => Promise<boolean>,
): Promise<Found<Item>> {
  let runs = 0;
  const run = (some: readonly Item[]): Promise<boolean> => {
    runs += 1;
    return breaks(some);
  };
  let kept: Item[] = [];
  let rest = items;
  for (;;) {
    // The whole rest breaks with those kept; the shortest beginning that does is between these two.
    let [passes, fails] = [kept.length === 0 ? 0 : -1, rest.length];
    if (passes < 0) {
      if (await run(kept)) return { items: kept, runs };
      passes = 0;
    }
    while (fails - passes > 1) {
      const middle = Math.floor((passes + fails) / 2);
      if (await run([...rest.slice(0, middle), ...kept])) fails = middle;
      else passes = middle;
    }
    const needed = rest[fails - 1];
    if (needed === undefined) return { items: kept, runs };
    kept = [needed, ...kept];
    rest = rest.slice(0, fails - 1);
    if (rest.length === 0) return { items: kept, runs };
  }
}
