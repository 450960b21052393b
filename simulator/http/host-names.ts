/** Addresses that stand for all of a machine. */
const everywhere = ['0.0.0.0', '::', '0:0:0:0:0:0:0:0', ''];

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** Whether a name is an address and not a name. */
function isAddress(name: string): boolean {
  return name.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
}

/** A host without port and brackets, in lower case. */
function bare(authority: string): string {
  const text = authority.trim().toLowerCase();
  const [, bracketed] = /^\[([^\]]*)\]/.exec(text) ?? [];
  if (bracketed !== undefined) return bracketed;
  // More than one colon and no brackets: an address of IPv6 as it is written in options.
  const name = text.split(':').length > 2 ? text : text.replace(/:\d*$/, '');
  return name.replace(/\.$/, '');
}

/**
 * Decides which hosts a request may name. A page whose name was made to lead to this machine (DNS
 * rebinding) still says its own name in `Host`, so only names that cannot be somebody else's pass:
 * those of the loopback interface, the address that is listened on (any address where it is all of
 * them), and those that were allowed. The last may be `*.example.com`, `single-label` (names without a
 * dot, as on a container network) and `any`.
 */
export function createHostCheck(boundTo: string, allowed: readonly string[]): (host: string) => boolean {
  const bound = bare(boundTo);
  const patterns = allowed.map((each) => each.trim().toLowerCase());
  const names = new Set(patterns.map(bare));
  const suffixes = patterns.filter((each) => each.startsWith('*.')).map((each) => each.slice(1));
  return (host) => {
    if (names.has('any')) return true;
    const name = bare(host);
    return (
      isLoopback(name) ||
      name === bound ||
      names.has(name) ||
      (everywhere.includes(bound) && isAddress(name)) ||
      suffixes.some((suffix) => name.endsWith(suffix)) ||
      (names.has('single-label') && /^[a-z0-9_-]+$/.test(name) && /[a-z]/.test(name))
    );
  };
}
