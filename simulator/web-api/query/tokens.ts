import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';

/**
 * A piece of an expression. `word` covers names, operators and unquoted literals, which only their
 * place tells apart; `text` is a quoted literal without its quotes; `json` an array as written.
 */
export interface Token {
  readonly kind: 'word' | 'text' | 'json' | '(' | ')' | ',' | '=' | 'end';
  readonly value: string;
  /** Character offset in the expression. */
  readonly at: number;
}

const spaces = /[ \t\r\n]/;
const wordCharacters = /[\w.\-:+@/*$]+/y;

/** Cuts an expression into tokens. Errors: an open quote or bracket, a stray character. */
export function tokenize(text: string): InputResult<readonly Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (spaces.test(character)) {
      at++;
    } else if (character === '(' || character === ')' || character === ',' || character === '=') {
      tokens.push({ kind: character, value: character, at });
      at++;
    } else if (character === "'") {
      const end = endOfText(text, at);
      if (end < 0) return failure(problems.unterminated(text.length, text));
      tokens.push({ kind: 'text', value: text.slice(at + 1, end).replaceAll("''", "'"), at });
      at = end + 1;
    } else if (character === '[') {
      const end = endOfArray(text, at);
      if (end < 0) return failure(problems.unterminated(text.length, text));
      tokens.push({ kind: 'json', value: text.slice(at, end + 1), at });
      at = end + 1;
    } else {
      wordCharacters.lastIndex = at;
      const word = wordCharacters.exec(text)?.[0];
      if (word === undefined) return failure(problems.badCharacter(character, at, text));
      const quote = at + word.length;
      if (text.charAt(quote) === "'") {
        // A literal with a type before its quote (guid'…', datetime'…') is OData 3.
        const open = endOfText(text, quote) < 0;
        return failure(open ? problems.unterminated(text.length, text) : problems.badLiteral(word, at, text));
      }
      tokens.push({ kind: 'word', value: word, at });
      at += word.length;
    }
  }
  return success(tokens);
}

/** The offset of the closing quote, doubled quotes passed over; -1 if there is none. */
function endOfText(text: string, start: number): number {
  let at = text.indexOf("'", start + 1);
  while (at >= 0 && text.charAt(at + 1) === "'") at = text.indexOf("'", at + 2);
  return at;
}

/** The offset of the bracket that closes a flat JSON array, brackets in its texts passed over; -1 if there is none. */
function endOfArray(text: string, start: number): number {
  let open = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (open !== '') {
      if (character === '\\') at++;
      else if (character === open) open = '';
    } else if (character === '"' || character === "'") open = character;
    else if (character === ']') return at;
  }
  return -1;
}
