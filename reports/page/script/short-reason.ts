/** How much that both sides have in common is worth leaving out, and how much of it stays for orientation. */
const worthCutting = 24;
const kept = 12;
/** A side that is longer hides the other one from a reader; the words of the suite are worth more room. */
const longestSide = { value: 110, words: 260 };

/**
 * Shortens a reason ("…: expected A, got B"): of objects the members that differ stay, of long texts the
 * part around the difference. Any other text stays as it is.
 */
export function shortReason(reason: string): string {
  return unescaped(withDifferences(reason));
}

/** Texts that hold JSON, without the escapes that these have in a text. */
function unescaped(reason: string): string {
  return reason.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => {
    if (!/^"\s*[{[].*\\"/s.test(text)) return text;
    try {
      const inner = JSON.parse(text) as string;
      return typeof JSON.parse(inner) === 'object' ? `the text ${inner}` : text;
    } catch {
      return text;
    }
  });
}

function withDifferences(reason: string): string {
  const parts = comparison.exec(reason);
  if (parts === null) return reason;
  const [, before = '', expected = '', actual = '', after = ''] = parts;
  const members = differingMembers(expected, actual);
  if (members !== undefined)
    return `${before}${members[0]}, got ${members[1]} (the other members are equal)${after}`;
  const [a, b] = withoutCommonEnds(expected, actual);
  return `${before}${shortSide(a)}, got ${shortSide(b)}${after}`;
}

/** A reason's beginning, both sides, and what is noted behind them. */
const comparison =
  /^(.*?\bexpected )(.+), got (.+?)((?:; they look alike[^()]*)?(?: \((?:seen twice|and in [^()]*)\))*)$/s;

/** One side, short enough that the other can be seen too; its length stays. */
function shortSide(text: string): string {
  const [, value = text, length = ''] = /^(.*?)( \(\d+ characters\))$/s.exec(text) ?? [];
  const longest = /^["{[]/.test(value) ? longestSide.value : longestSide.words;
  if (value.length <= longest) return text;
  const quote = value.startsWith('"') ? '"' : '';
  return `${value.slice(0, longest).toWellFormed()}…${quote}${length}`;
}

/** Of two JSON objects the members that differ; undefined when that leaves nothing out. */
function differingMembers(expected: string, actual: string): [string, string] | undefined {
  const a = jsonObject(expected);
  const b = jsonObject(actual);
  if (a === undefined || b === undefined) return undefined;
  const all = new Set([...Object.keys(a), ...Object.keys(b)]);
  const differing = [...all].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  if (differing.length === 0 || differing.length === all.size) return undefined;
  const only = (value: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(
      Object.fromEntries(differing.filter((name) => name in value).map((name) => [name, value[name]])),
    );
  return [only(a), only(b)];
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function withoutCommonEnds(expected: string, actual: string): [string, string] {
  const shorter = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < shorter && expected[start] === actual[start]) start += 1;
  let end = 0;
  while (end < shorter - start && expected.at(-1 - end) === actual.at(-1 - end)) end += 1;
  const quote = expected.startsWith('"') && actual.startsWith('"') ? '"' : '';
  const cut = (text: string): string => {
    const head = start > worthCutting ? `${quote}…${text.slice(start - kept)}` : text;
    return (end > worthCutting ? `${head.slice(0, kept - end)}…${quote}` : head).toWellFormed();
  };
  return [cut(expected), cut(actual)];
}
