import { headers as names } from '../contract/vocabulary.ts';

/** `Prefer` fields, made from the callback's URL where there is one; null is none. */
export type PreferFields =
  string | readonly string[] | null | ((callbackUrl: string) => string | readonly string[]);

/** The `Prefer` fields of a call; the documented ones in one field where nothing else was chosen. */
export function preferFields(
  prefer: PreferFields | undefined,
  callbackUrl: string | undefined,
): [string, string][] {
  if (prefer === null) return [];
  const chosen = typeof prefer === 'function' ? prefer(callbackUrl ?? '') : prefer;
  const fields =
    chosen ?? (callbackUrl === undefined ? 'respond-async' : `respond-async, ${callbackField(callbackUrl)}`);
  return (typeof fields === 'string' ? [fields] : fields).map((field) => [names.prefer, field]);
}

/** The preference for a callback. */
export function callbackField(url: string): string {
  return `odata.callback; url="${url}"`;
}
