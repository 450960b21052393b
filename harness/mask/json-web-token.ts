import { alphanumeric, CharacterClass } from './character-class.ts';

const part = new CharacterClass(`${alphanumeric}_-`);
const word = new CharacterClass(`${alphanumeric}_`);

/**
 * The JSON Web Token that begins at `at`, where `eyJ` stands: two parts or three. Where there is none, an
 * empty span tells from where on one may begin.
 */
export function endOfToken(text: string, at: number): readonly [from: number, to: number] {
  const header = part.endOf(text, at);
  if (at > 0 && word.endOf(text, at - 1) >= at) {
    // Within a word. Another may begin behind a hyphen in the same run; else nothing more is to be had of it.
    const hyphen = text.slice(at, header).indexOf('-eyJ');
    const next = hyphen < 0 ? header : at + hyphen + 1;
    return [next, next];
  }
  const payload = text[header] === '.' ? part.endOf(text, header + 1) : header;
  if (header - at < 11 || payload - header < 5 || text[payload] !== '.') return [header, header];
  return [at, part.endOf(text, payload + 1)];
}
