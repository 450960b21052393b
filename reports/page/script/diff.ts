/** One line of a comparison: on both sides, only expected, or only there. */
export interface DiffLine {
  readonly side: 'both' | 'expected' | 'actual';
  readonly text: string;
}

const longest = 400;

/** Compares two texts line by line (longest common subsequence); long ones are compared bluntly. */
export function diffLines(expected: string, actual: string): DiffLine[] {
  const a = expected.split('\n');
  const b = actual.split('\n');
  if (a.length > longest || b.length > longest) return blunt(a, b);
  const common = table(a, b);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      lines.push({ side: 'both', text: left });
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ side: 'expected', text: left ?? '' });
      i += 1;
    } else {
      lines.push({ side: 'actual', text: right });
      j += 1;
    }
  }
  return lines;
}

function blunt(a: readonly string[], b: readonly string[]): DiffLine[] {
  return [
    ...a.map((text): DiffLine => ({ side: 'expected', text })),
    ...b.map((text): DiffLine => ({ side: 'actual', text })),
  ];
}

function at(common: readonly (readonly number[])[], i: number, j: number): number {
  return common[i]?.[j] ?? 0;
}

/** Lengths of the longest common subsequence from each pair of positions on. */
function table(a: readonly string[], b: readonly string[]): number[][] {
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row === undefined) continue;
      row[j] =
        a[i] === b[j] ? at(common, i + 1, j + 1) + 1 : Math.max(at(common, i + 1, j), at(common, i, j + 1));
    }
  }
  return common;
}
