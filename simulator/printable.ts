/** Characters that a terminal obeys or a reader cannot see: control and format characters, halves of pairs, other separators of lines. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What a machine that shows a log would obey at the beginning of a line. */
const command = /^(\s*)(::|##)/gm;

/**
 * What went wrong as a text that can be written to a terminal or a log, though a caller or a receiver chose
 * words of it: what a terminal would obey stands there by its number, and every line but the first is indented.
 */
export function printable(error: unknown): string {
  return messageOf(error, 0)
    .replaceAll(unprintable, (character) =>
      character === '\n' || character === '\t' ? character : coded(character),
    )
    .replaceAll(
      command,
      (_all, space: string, mark: string) => `${space}${mark.charAt(0)}${coded(mark.charAt(1))}`,
    )
    .replaceAll(/\n(?=\S)/g, '\n  ');
}

function messageOf(error: unknown, depth: number): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? String(error);
  return error.cause === undefined || depth >= 5
    ? own
    : `${own}\ncaused by ${messageOf(error.cause, depth + 1)}`;
}

function coded(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
