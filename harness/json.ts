/** The deepest nesting of JSON that the suite reads: what walks a value must not run out of stack. */
export const deepest = 500;

/**
 * Text as JSON; undefined where it is none, or nests deeper than {@link deepest}. A byte order mark
 * before it is passed over, as RFC 8259, 8.1 allows.
 */
export function parseJson(text: string): unknown {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (nestsTooDeep(bare)) return undefined;
  try {
    return JSON.parse(bare) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether JSON text nests deeper than {@link deepest}; in one pass, whatever the text is. */
export function nestsTooDeep(text: string): boolean {
  if (opens(text) <= deepest) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = endOfString(text, i);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** How many brackets text opens, those within its strings too: it cannot nest deeper. No more than needed are counted. */
function opens(text: string): number {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0 && count <= deepest; at = text.indexOf(bracket, at + 1))
      count += 1;
  }
  return count;
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Characters that nobody sees, and that keep text from being JSON, or make it another one. */
const unseen: readonly (readonly [RegExp, string])[] = [
  [/^\uFEFF/, 'begins with a byte order mark (U+FEFF)'],

  [/^(?:\u0000[\s\S]|[\s\S]\u0000){2}/, 'is written in UTF-16, not in UTF-8'],

  [/^\u001F[\uFFFD\u008B]/, 'is compressed (gzip), though that was not asked for'],

  [/\u0000/, 'contains a null character (U+0000)'],
  [/\uFFFD/, 'contains bytes that are no UTF-8 (shown as U+FFFD)'],
  [/^[\u200B-\u200F\u2060\u202A-\u202E\u00A0\u2028\u2029]/, 'begins with an invisible character'],
];

/** What is odd about the form of a body that should be JSON, in words that follow "the body"; undefined where nothing is. */
export function oddForm(text: string): string | undefined {
  const start = text.slice(0, 4_096);
  const [, found] = unseen.find(([pattern]) => pattern.test(start)) ?? [];
  if (found === 'begins with an invisible character')
    return `${found} (U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
  if (found !== undefined) return found;
  return nestsTooDeep(text) ? `nests deeper than ${deepest} levels` : undefined;
}
