import { isGuid } from '../custom-apis/parameter-types.ts';

/**
 * The id in a key such as `(guid)`, `(backgroundoperationid=guid)` or, on an elastic table,
 * `(backgroundoperationid=guid,partitionid='…')`, in lower case; undefined if it is no such key.
 */
export function readKey(text: string, keyName: string): string | undefined {
  const inside = /^\(([^()]*)\)$/.exec(text)?.[1] ?? '';
  const [first = '', ...others] = inside.split(',');
  if (others.length > 1 || (others.length === 1 && !/^\s*partitionid='[^']*'\s*$/.test(others[0] ?? ''))) {
    return undefined;
  }
  const plain = first.trim();
  const named = plain.startsWith(`${keyName}=`) ? plain.slice(keyName.length + 1) : plain;
  return isGuid(named) ? named.toLowerCase() : undefined;
}
