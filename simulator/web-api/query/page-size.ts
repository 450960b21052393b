import type { JsonRow } from './json-row.ts';

/** Characters of JSON with which a page ends early, so that rows of any length make an answer of bounded length. */
export const pageCharacters = 16 * 1024 * 1024;

/** A text of more characters is measured as JSON writes it, since escapes make it longer. */
const longText = 1024;

/** About the characters that a row has as JSON. */
export function charactersOf(row: JsonRow): number {
  let characters = 2;
  for (const [name, value] of Object.entries(row)) characters += name.length + 4 + charactersOfCell(value);
  return characters;
}

function charactersOfCell(value: JsonRow[string] | undefined): number {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value).length;
  if (typeof value !== 'string') return 16;
  return value.length > longText ? JSON.stringify(value).length : value.length + 2;
}
