import { isGuidText } from '../custom-apis/parameter-types.ts';

/** What identifies a row: its id in lower case and, where the key names one, its partition. */
export interface RowKey {
  readonly id: string;
  readonly partitionId?: string;
}

/**
 * Reads a key such as `(guid)`, `(backgroundoperationid=guid)` or, on an elastic table,
 * `(backgroundoperationid=guid,partitionid='…')`; undefined if it is not such a key.
 */
export function readKey(text: string, keyName: string): RowKey | undefined {
  const inside = /^\(([^()]*)\)$/.exec(text)?.[1] ?? '';
  const [first = '', ...others] = inside.split(',');
  const partition = /^\s*partitionid='((?:[^']|'')*)'\s*$/.exec(others[0] ?? '')?.[1];
  if (others.length > 1 || (others.length === 1 && partition === undefined)) return undefined;
  const plain = first.trim();
  const named = plain.startsWith(`${keyName}=`) ? plain.slice(keyName.length + 1) : plain;
  if (!isGuidText(named)) return undefined;
  const id = named.toLowerCase();
  return partition === undefined ? { id } : { id, partitionId: partition.replaceAll("''", "'") };
}
