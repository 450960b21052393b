import { isDeepStrictEqual } from 'node:util';

/** The probe's outputs whose values may be written in several ways; texts and the rest may not. */
const comparisons: Readonly<Record<string, (sent: unknown, shown: unknown) => boolean>> = {
  Count: sameNumber,
  Amount: sameNumber,
  Flag: (sent, shown) => String(sent) === String(shown).toLowerCase(),
  When: (sent, shown) =>
    typeof shown === 'string' && /\d:\d\d/.test(shown) && instantOf(shown) === instantOf(sent),
  Id: (sent, shown) => typeof shown === 'string' && shown.toLowerCase() === String(sent).toLowerCase(),
};

/** The instant of a date; one without a zone is in UTC, wherever the suite runs. */
export function instantOf(date: unknown): number {
  const text = String(date);
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

function sameNumber(sent: unknown, shown: unknown): boolean {
  if (typeof shown !== 'number' && (typeof shown !== 'string' || shown.trim() === '')) return false;
  return Number(shown) === Number(sent);
}

/**
 * Whether a resource shows the value that was sent under this name: dates as instants with a time, GUIDs without
 * regard to case, numbers by value, and what is no text as a JSON value or as a string.
 */
export function sameValue(name: string, sent: unknown, shown: unknown): boolean {
  const compare = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (compare !== undefined) return compare(sent, shown);
  if (typeof sent === 'string') return shown === sent;
  if (isDeepStrictEqual(sent, shown)) return true;
  if (typeof shown !== 'string') return false;
  try {
    return isDeepStrictEqual(JSON.parse(shown), sent);
  } catch {
    return false;
  }
}
