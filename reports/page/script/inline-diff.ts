import { diffLines } from './diff.ts';

/** A piece of one side of a comparison; `differs` when the other side lacks it. */
export interface DiffPart {
  readonly text: string;
  readonly differs: boolean;
}

const shortest = 12;
/** The share of the longer text that must be common; below it the marks would be confetti. */
const alike = 0.5;

/**
 * Two texts of one line each, cut into what they share and what they do not; undefined for texts that
 * are short, long, or too different for that to help.
 */
export function changedParts(expected: string, actual: string): [DiffPart[], DiffPart[]] | undefined {
  const longer = Math.max(expected.length, actual.length);
  if (longer < shortest || longer > 400 || `${expected}${actual}`.includes('\n')) return undefined;
  const letters = diffLines([...expected].join('\n'), [...actual].join('\n'));
  if (letters.filter(({ side }) => side === 'both').length < alike * longer) return undefined;
  const side = (name: 'expected' | 'actual'): DiffPart[] => {
    const parts: DiffPart[] = [];
    for (const letter of letters) {
      if (letter.side !== 'both' && letter.side !== name) continue;
      const differs = letter.side === name;
      const last = parts.at(-1);
      if (last?.differs === differs) parts[parts.length - 1] = { text: last.text + letter.text, differs };
      else parts.push({ text: letter.text, differs });
    }
    return parts;
  };
  return [side('expected'), side('actual')];
}
