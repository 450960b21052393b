/** One line of the table: what was measured, the figure as text, and what is wanted of it. */
export interface Line {
  readonly what: string;
  readonly measured: string;
  /** Empty where a figure is only told. */
  readonly wanted: string;
  /** Undefined where nothing is wanted. */
  readonly ok: boolean | undefined;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Figures of the two sides of a comparison: medians of each, and of the ratios round by round. */
export interface Compared {
  readonly one: number;
  readonly other: number;
  /** `one / other`. */
  readonly ratio: number;
}

/**
 * Measures two sides in alternating rounds, so that what else the machine does falls on both. Each
 * round begins with the other side than the round before.
 */
export async function alternate(
  rounds: number,
  one: () => number | Promise<number>,
  other: () => number | Promise<number>,
): Promise<Compared> {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await one();
      pairs.push([first, await other()]);
    } else {
      const first = await other();
      pairs.push([await one(), first]);
    }
  }
  return {
    one: median(pairs.map(([value]) => value)),
    other: median(pairs.map(([, value]) => value)),
    ratio: median(pairs.map(([value, against]) => value / against)),
  };
}

/** A line for a figure that has to be `limit` or more. */
export function atLeast(what: string, value: number, limit: number, text: string): Line {
  return { what, measured: text, wanted: `≥ ${limit}`, ok: value >= limit };
}

/** A line for a figure that has to be `limit` or less; `unit` is written behind the limit. */
export function atMost(what: string, value: number, limit: number, text: string, unit = ''): Line {
  return { what, measured: text, wanted: `≤ ${limit}${unit}`, ok: value <= limit };
}

/** A line that only tells. */
export function told(what: string, text: string): Line {
  return { what, measured: text, wanted: '', ok: undefined };
}

/** The lines as a table in plain text. */
export function tableOf(lines: readonly Line[]): string {
  const verdict = ({ ok }: Line): string => (ok === undefined ? '' : ok ? 'ok' : 'over');
  const rows = [
    ['what', 'measured', 'wanted', ''],
    ...lines.map((line) => [line.what, line.measured, line.wanted, verdict(line)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
