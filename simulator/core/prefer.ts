/** One preference of a `Prefer` list, names in lower case (RFC 7240, section 2). */
export interface Preference {
  readonly name: string;
  /** Unquoted; empty if there is none. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const plainName = /^[\w.-]+$/;
const noParameters: ReadonlyMap<string, string> = new Map();
const boundary = { list: /[,"]/g, parameters: /[;"]/g };

/** Splits at a separator that stands outside quoted strings. */
function split(text: string, separator: ',' | ';'): string[] {
  const pattern = separator === ',' ? boundary.list : boundary.parameters;
  const parts: string[] = [];
  let from = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === separator) {
      parts.push(text.slice(from, match.index));
      from = match.index + 1;
    } else {
      pattern.lastIndex = endOfQuoted(text, match.index);
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** The position behind the quoted string that starts at `start`; the end of the text if it never ends. */
function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

/** Reads `name`, `name=token` or `name="quoted string"`. */
function readPair(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 0) return [text.trim().toLowerCase(), ''];
  return [text.slice(0, equals).trim().toLowerCase(), unquote(text.slice(equals + 1).trim())];
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.endsWith('"') && text.length > 1 ? text.length - 1 : text.length;
  return text.slice(1, end).replace(/\\(.)/gs, '$1');
}

/**
 * Reads the `Prefer` fields of a request as one list (RFC 7240): names without regard to case,
 * quoted strings kept whole, empty elements skipped. Of a preference or parameter that stands
 * there twice, the first counts.
 */
export function parsePrefer(fields: readonly string[]): ReadonlyMap<string, Preference> {
  const found = new Map<string, Preference>();
  for (const field of fields) {
    // Most fields are one plain name.
    if (plainName.test(field)) {
      const name = field.toLowerCase();
      if (!found.has(name)) found.set(name, { name, value: '', parameters: noParameters });
      continue;
    }
    for (const element of split(field, ',')) {
      const [first = '', ...rest] = split(element, ';');
      const [name, value] = readPair(first);
      if (name === '' || found.has(name)) continue;
      const parameters = new Map<string, string>();
      for (const part of rest) {
        const [key, content] = readPair(part);
        if (key !== '' && !parameters.has(key)) parameters.set(key, content);
      }
      found.set(name, { name, value, parameters });
    }
  }
  return found;
}
