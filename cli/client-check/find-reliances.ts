import { freedomsOf, nameOf, reliance, subjectOf, type Freedom } from './freedoms.ts';
import { smallestBreaking } from './search.ts';

/** Something that a client relies on, and nothing promises. */
export interface Reliance {
  readonly freedoms: readonly Freedom[];
  /** In words, with the source. */
  readonly reason: string;
  /** The seed of the Dataverse that showed it. */
  readonly seed: number;
  /** How often the client was run to name it. */
  readonly runs: number;
}

/** What a search needs to know. */
export interface FreedomSearch {
  /** How many Dataverses. */
  readonly count: number;
  readonly seed: number;
  /** Whether documented faults are among the freedoms. */
  readonly faults: boolean;
  /** Runs the client's tests against a Dataverse with these freedoms; whether they fail. */
  readonly breaks: (freedoms: readonly Freedom[]) => Promise<boolean>;
  readonly onDataverse?: (number: number, broken: Reliance | undefined) => void;
}

/**
 * Runs a client against legal Dataverses that differ from the most plausible one, and finds the smallest sets
 * of choices that break it. What was found once is left out of the Dataverses that follow, so that it does not
 * hide what else there is. Deterministic for a client that is.
 */
export async function findReliances(search: FreedomSearch): Promise<Reliance[]> {
  const found: Reliance[] = [];
  for (let number = 0; number < search.count; number += 1) {
    const seed = search.seed + number;
    const freedoms = withoutFound(freedomsOf(seed, search.faults), found);
    let broken: Reliance | undefined;
    if (freedoms.length > 0 && (await search.breaks(freedoms))) {
      const { items, runs } = await smallestBreaking(freedoms, search.breaks);
      broken = { freedoms: items, reason: reliance(items), seed, runs };
      found.push(broken);
    }
    search.onDataverse?.(number + 1, broken);
  }
  return found;
}

/** Leaves out, of each set that was found, the member that completes it. */
function withoutFound(freedoms: readonly Freedom[], found: readonly Reliance[]): Freedom[] {
  return found.reduce<Freedom[]>(
    (left, { freedoms: set }) => {
      const subjects = set.map(subjectOf);
      const whole = subjects.every((subject) => left.some((one) => subjectOf(one) === subject));
      return whole ? left.filter((one) => subjectOf(one) !== subjects.at(-1)) : left;
    },
    [...freedoms],
  );
}

/** A set of freedoms by its names, whatever their order. */
export function keyOfFreedoms(freedoms: readonly Freedom[]): string {
  return freedoms.map(nameOf).sort().join(' ');
}
