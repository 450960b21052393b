/** A deeper member is not indented further, so that no depth makes a text long. */
const deepest = 24;
/** JSON in a text in JSON in a text: further down it stays a text. */
const mostNested = 3;
const token = /\s+|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\],:]|-?\d[\d.eE+-]*|[a-z]+/gy;
const literal = /^(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/;
/** The beginning of a text up to an escape that was cut. */
const wholeEscapes = /^"[^"\\]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\]*)*/;
/** How the suite ends a value that it cut. */
const cutMark = /… \(\d+ characters(?: in all)?\)$/;

/** A text as a reader wants to see it, and whether texts in it were opened because they hold JSON. */
export interface Pretty {
  readonly text: string;
  readonly opened: boolean;
}

/**
 * JSON printed with one member a line, its numbers and texts as they came; a text that holds an object or
 * array is printed as that. JSON that was cut is printed as far as it goes, any other text as it is.
 */
export function prettyJson(text: string, depth = 0, nested = 0): Pretty {
  const tokens = tokensOf(text);
  if (tokens === undefined) return { text, opened: false };
  let level = depth;
  let opened = false;
  let printed = '';
  const line = (): string => `\n${'  '.repeat(Math.min(level, deepest))}`;
  tokens.forEach((one, index) => {
    const next = tokens[index + 1];
    if (one === '{' || one === '[') {
      printed += one;
      if (next === '}' || next === ']') return;
      level += 1;
      if (next !== undefined) printed += line();
    } else if (one === '}' || one === ']') {
      const empty = tokens[index - 1] === '{' || tokens[index - 1] === '[';
      if (!empty) {
        level -= 1;
        printed += line();
      }
      printed += one;
    } else if (one === ',') {
      printed += `,${next === undefined ? '' : line()}`;
    } else if (one === ':') {
      printed += ': ';
    } else {
      const inner = next === ':' ? undefined : jsonInside(one, level, nested);
      if (inner === undefined) {
        printed += one;
      } else {
        opened = true;
        printed += inner;
      }
    }
  });
  const rest = cutMark.exec(text)?.[0] ?? '';
  return { text: `${printed}${rest}`, opened };
}

/** A text that holds JSON, printed with one member a line; any other text as it is. */
export function pretty(text: string): string {
  return prettyJson(text).text;
}

/** What a text in JSON holds where that is an object or an array, as JSON; undefined otherwise. */
function jsonInside(one: string, level: number, nested: number): string | undefined {
  if (nested >= mostNested || !/^"\s*(?:\\[nrt]\s*)*[{[]/.test(one)) return undefined;
  try {
    // A text that was cut ends without a quote, and perhaps amid an escape.
    const cut = one.length < 2 || !/[^\\](?:\\\\)*"$/.test(one);
    const text = JSON.parse(cut ? `${wholeEscapes.exec(one)?.[0] ?? ''}"` : one) as string;
    if (!cut && typeof JSON.parse(text) !== 'object') return undefined;
    if (cut && tokensOf(text) === undefined) return undefined;
    return `(JSON in a text) ${prettyJson(text, level, nested + 1).text}`;
  } catch {
    return undefined;
  }
}

/** The tokens of an object, an array or a text in JSON, also of one that was cut; undefined for anything else. */
function tokensOf(text: string): string[] | undefined {
  const whole = text.replace(cutMark, '');
  if (!/^\s*[{["]/.test(whole)) return undefined;
  const tokens: string[] = [];
  let end = 0;
  for (const { 0: one, index } of whole.matchAll(token)) {
    if (index !== end) return undefined;
    end = index + one.length;
    if (/^[a-z]/.test(one) && !literal.test(one)) return undefined;
    if (one.trim() !== '') tokens.push(one);
  }
  return end === whole.length ? tokens : undefined;
}
