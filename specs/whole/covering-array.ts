/** How many levels each factor has; a row gives one level for each. */
export interface CoveringOptions {
  readonly levels: readonly number[];
  /** Of so many factors, the first ones, all triples are covered too. */
  readonly triplesOf: number;
  /** Rows at most. */
  readonly most: number;
  /** A number in [0, 1), as from `Math.random`. */
  readonly random: () => number;
}

/** How much of what was to be covered is covered. */
interface Coverage {
  readonly covered: number;
  readonly of: number;
}

/** Rows, the most telling ones first, and what they cover. */
export interface CoveringArray {
  readonly rows: readonly (readonly number[])[];
  readonly coverage: Coverage;
}

/** Factors whose levels are combined: the numbers of their combinations begin at `from`. */
interface Group {
  readonly factors: readonly number[];
  readonly from: number;
  readonly size: number;
}

const candidates = 12;

/**
 * Makes rows of levels so that every pair of levels of two factors stands in a row, and every triple of the first
 * factors: greedily, each row from a combination that no row has yet, filled up so that it covers the most.
 */
export function coveringArray({ levels, triplesOf, most, random }: CoveringOptions): CoveringArray {
  const groups = groupsOf(levels, triplesOf);
  const of = groups.reduce((sum, { size }) => sum + size, 0);
  const done = new Uint8Array(of);
  let covered = 0;
  const rows: number[][] = [];
  const numberOf = (row: readonly number[], { factors, from }: Group): number =>
    factors.reduce((number, factor) => number * (levels[factor] ?? 1) + (row[factor] ?? 0), 0) + from;
  const gain = (row: readonly number[]): number =>
    groups.reduce((sum, group) => sum + (done[numberOf(row, group)] === 0 ? 1 : 0), 0);
  while (covered < of && rows.length < most) {
    let best: number[] = [];
    let bestGain = -1;
    for (let tried = 0; tried < candidates; tried += 1) {
      const row = levels.map((count) => Math.floor(random() * count));
      place(row, openFrom(done, Math.floor(random() * of)), groups, levels);
      const value = gain(row);
      if (value > bestGain) [best, bestGain] = [row, value];
    }
    for (const group of groups) done[numberOf(best, group)] = 1;
    covered += bestGain;
    rows.push(best);
  }
  return { rows, coverage: { covered, of } };
}

/** The first combination from a number on, round the end, that no row has yet. */
function openFrom(done: Uint8Array, from: number): number {
  const next = done.indexOf(0, from);
  return next < 0 ? done.indexOf(0) : next;
}

/** Writes the levels of a combination into a row. */
function place(row: number[], number: number, groups: readonly Group[], levels: readonly number[]): void {
  const group = groups.find(({ from, size }) => number >= from && number < from + size);
  if (group === undefined) return;
  let rest = number - group.from;
  for (const factor of group.factors.toReversed()) {
    const count = levels[factor] ?? 1;
    row[factor] = rest % count;
    rest = Math.floor(rest / count);
  }
}

function groupsOf(levels: readonly number[], triplesOf: number): Group[] {
  const factors: number[][] = [];
  for (let one = 0; one < levels.length; one += 1)
    for (let two = one + 1; two < levels.length; two += 1) {
      factors.push([one, two]);
      for (let three = two + 1; three < triplesOf; three += 1) factors.push([one, two, three]);
    }
  let from = 0;
  return factors.map((some) => {
    const size = some.reduce((product, factor) => product * (levels[factor] ?? 1), 1);
    const group = { factors: some, from, size };
    from += size;
    return group;
  });
}
