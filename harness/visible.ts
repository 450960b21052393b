/**
 * What a terminal obeys or a reader cannot see: control characters (also of the second set), those that
 * turn the direction of writing, that take no room, that separate lines; halves of pairs.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The number in the notation of JSON, so that JSON stays the same JSON. */
function numbered(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** A command to the machine that shows a log (GitHub, Azure Pipelines, TeamCity), wherever it would be obeyed. */
const logCommand = /^[^\S\n]*:(?=:)|##(?=\[|vso\[|teamcity\[)/gm;

/**
 * Text from anywhere as it can be written to a terminal or a log without doing anything there: what is
 * harmful stands there by its number, as `\u001b`. Line breaks and tabs stay.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(harmful, (character) => (/[\n\t]/.test(character) ? character : numbered(character)))
    .replaceAll(logCommand, (start) => `${start.slice(0, -1)}${numbered(start.at(-1) ?? '')}`);
}

/** The same in one line: a line break within it is written as `\n`. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\r\n|\n/g, '\\n'));
}

/**
 * The same in one paragraph: a line that goes on is indented, so that nothing from outside can begin a
 * line of its own.
 */
export function paragraph(text: string): string {
  return visible(text).replaceAll(/\n(?=[^\s])/g, '\n  ');
}
