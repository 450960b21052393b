/** What a path names behind an entity set: a row, and what is asked of it. */
export interface RowPath {
  /** The key with its parentheses. */
  readonly key: string;
  /** What follows, split at slashes. */
  readonly segments: readonly string[];
}

/** Splits `(key)/property/$value`; undefined if it does not start with a key. */
export function splitRowPath(tail: string): RowPath | undefined {
  const key = /^\((?:'(?:[^']|'')*'|[^()'])*\)/.exec(tail)?.[0];
  if (key === undefined) return undefined;
  const rest = tail.slice(key.length);
  if (rest === '') return { key, segments: [] };
  return rest.startsWith('/') ? { key, segments: rest.slice(1).split('/') } : undefined;
}
