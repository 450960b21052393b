import { messages } from '../../contract/vocabulary.ts';

/** The messages that `sdkmessages` lists besides the custom APIs: name and a fixed id. */
const ids: Readonly<Record<string, string>> = {
  [messages.complete]: '5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c01',
  [messages.whoAmI]: '5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c02',
  Create: '5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c03',
  Update: '5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c04',
  Delete: '5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c05',
};

/** The names of those messages. */
export const messageNames: readonly string[] = Object.keys(ids);

/** The sdkmessageid of a message: fixed for the platform's, derived from the name for custom APIs. */
export function messageId(name: string): string {
  return ids[name] ?? derivedId(`sdkmessage:${name}`);
}

/** A GUID that is always the same for the same text (FNV-1a, four lanes). */
export function derivedId(text: string): string {
  let digits = '';
  for (let lane = 0; lane < 4; lane++) {
    let hash = 0x811c9dc5 ^ lane;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    digits += (hash >>> 0).toString(16).padStart(8, '0');
  }
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20)];
  return `${a}-${b}-4${c}-8${d}-${digits.slice(20)}`;
}
