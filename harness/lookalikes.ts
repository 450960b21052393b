/** The most characters of a difference that are named on each side. */
const mostNamed = 4;

/**
 * How two texts differ that look the same to a reader (composed and combining letters, kinds of white
 * space, characters that cannot be seen), by the numbers of the characters; undefined for texts that
 * look different, and for equal ones.
 */
export function lookalikes(expected: string, actual: string): string | undefined {
  if (expected === actual || toTheEye(expected) !== toTheEye(actual)) return undefined;
  const [a, b] = [[...expected], [...actual]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [from, to] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return `they look alike, but ${codePoints(to)} stands in place of ${codePoints(from)}`;
}

/** A text reduced to what a reader sees of it. */
function toTheEye(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/[\p{Z}\s]+/gu, ' ')
    .trim();
}

/** The first characters by their numbers, up to the first plain one behind an unusual one. */
function codePoints(characters: readonly string[]): string {
  const rest = characters.findIndex((one, index) => index > 0 && /^[\x20-\x7e]$/.test(one));
  const named = characters.slice(0, Math.min(mostNamed, rest === -1 ? mostNamed : rest));
  if (named.length === 0) return 'nothing';
  return named
    .map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
}
