import { maskText } from '../mask.ts';

/**
 * The beginning of a text of which secrets are masked first: half a secret would not be found any more.
 * Everything that is cut for a reader goes through here; a lint rule sees to it.
 *
 * @param most so many characters are kept; an ellipsis stands for the rest
 */
export function excerpt(text: string, most: number): string {
  const whole = maskText(text);
  return whole.length <= most ? whole : `${whole.slice(0, Math.max(0, most - 1)).toWellFormed()}…`;
}
