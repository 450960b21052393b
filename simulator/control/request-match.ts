import type { PlainRequest } from '../plain.ts';

/** Picks requests; what is not said matches all. */
export interface RequestMatch {
  readonly method?: string;
  /** The path without the query; `*` stands for any characters, e.g. `/api/data/v9.2/sample_*`. */
  readonly path?: string;
}

/** Makes the test of a match. */
export function matcherOf({
  method,
  path,
}: RequestMatch): (request: Pick<PlainRequest, 'method' | 'path'>) => boolean {
  const wanted = method?.toUpperCase();
  const pieces = path?.split(/\*+/);
  return (request) =>
    (wanted === undefined || request.method === wanted) &&
    (pieces === undefined || isMadeOf(request.path, pieces));
}

/**
 * Whether a path has these pieces in this order, the first at its beginning, the last at its end, and anything
 * between. Each is looked for once, behind the one before: a regular expression would try all ways to place them.
 */
function isMadeOf(path: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
