/** A token that was issued for another resource than the organization that it was shown to. */
export interface ForeignToken {
  readonly audience: string;
}

/** Names of this machine, which lead to the same place. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a token for this resource opens what is at this origin. Only host and port count: before the simulator https
 * may have ended.
 *
 * @param further resources that are the organization's, too; `any` for all
 */
export function isMeantFor(audience: string, origin: string, further: readonly string[]): boolean {
  const wanted = placeOf(audience);
  return further.includes('any') || [origin, ...further].some((resource) => placeOf(resource) === wanted);
}

function placeOf(resource: string): string {
  const url = URL.parse(resource);
  if (url === null || url.host === '') return resource;
  return loopback.has(url.hostname) ? `loopback:${url.port}` : url.host;
}
