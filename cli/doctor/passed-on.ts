import { credentialHeaders } from '../../contract/vocabulary.ts';
import type { IncomingRequest } from '../../harness/listener.ts';

/** What a signed address may hold that somebody on the way may be tempted to tidy up. */
export const delicateSuffix = '/a%20b%2Fc//d?sv=2024&sig=x%2By%2fz%3D%3D&e=&f=%257E+%7E';

/**
 * What a tunnel or proxy changes of a request that it carries, in words; empty where it passes it on as it is.
 *
 * @param key the part of the path that nobody could guess; what stands before it may be taken away
 */
export function changesOnTheWay(sent: string, received: IncomingRequest, key: string): string[] {
  const after = (address: string): string => address.slice(address.indexOf(key));
  const arrived = received.query === '' ? received.path : `${received.path}?${received.query}`;
  const names = received.headers.map(([name]) => name.toLowerCase());
  const added = credentialHeaders.filter((name) => names.includes(name));
  return [
    ...(after(arrived) === after(sent)
      ? []
      : [`it changes the address: ${after(sent)} arrives as ${after(arrived)}`]),
    ...(added.length === 0 ? [] : [`it adds ${added.join(', ')}`]),
  ];
}
