/** First and last code of the characters that a reader cannot see, or that turn the direction of writing. */
const invisible: readonly (readonly [number, number])[] = [
  [0x0000, 0x0008],
  [0x000b, 0x000c],
  [0x000e, 0x001f],
  [0x007f, 0x009f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];
const pattern = new RegExp(`[${invisible.map(([from, to]) => `${unit(from)}-${unit(to)}`).join('')}]`, 'g');

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * Text of a target as it can be shown without harm: what a reader could not see, or what would turn
 * the direction of the text around it, stands there by its number.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(pattern, (character) => {
    return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
