import type { Delivery } from '../../harness/listener.ts';

/** The value of a delivery's header, whatever its casing; undefined where it is not there. */
export function webhookHeader({ headers }: Pick<Delivery, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const domainName = new RegExp(`^${label}(?:\\.${label})+$`, 'i');

/**
 * Tells whether a text is the domain name of a target's environment. A target that is reached by an address
 * or on this machine has another name than its URL, which the suite cannot know.
 */
export function namesEnvironment(text: string | undefined, targetUrl: string): boolean {
  const { hostname, host } = new URL(targetUrl);
  const name = text?.toLowerCase();
  if (name === undefined) return false;
  if (name === hostname || name === host) return true;
  const nameless = /^[\d.]+$|^\[|(?:^|\.)localhost$/.test(hostname) || !hostname.includes('.');
  return nameless && domainName.test(name);
}
