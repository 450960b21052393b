import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockList, isIP } from 'node:net';

/** Kinds of addresses that a simulator may be told to call, or not to call. */
const addressKinds = ['loopback', 'private', 'link-local', 'metadata', 'public'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** Where an instance of a cloud asks who it is, and gets keys for the answer. */
const metadata = listOf(
  '169.254.169.254/32 169.254.170.2/32 169.254.170.23/32 100.100.100.200/32 192.0.0.192/32 168.63.129.16/32',
  'fd00:ec2::254/128 fd00:ec2::23/128 fd20:ce::254/128',
);
const loopback = listOf('127.0.0.0/8 0.0.0.0/8', '::1/128 ::/128');
const linkLocal = listOf('169.254.0.0/16', 'fe80::/10');
/** Networks of somebody's own, and what is no address of a single host. */
const privateRanges = listOf(
  '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 192.0.0.0/24 198.18.0.0/15 224.0.0.0/3',
  'fc00::/7 fec0::/10 ff00::/8',
);

function listOf(ipv4: string, ipv6: string): BlockList {
  const list = new BlockList();
  for (const [family, texts] of [
    ['ipv4', ipv4],
    ['ipv6', ipv6],
  ] as const) {
    for (const text of texts.split(' ')) addRange(list, text, family);
  }
  return list;
}

function addRange(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', length = ''] = range.split('/');
  list.addSubnet(address, Number(length), family);
}

/** The kind of an address; an address of IPv4 inside one of IPv6 counts as what it is inside. */
export function kindOf(address: string): AddressKind {
  const inner = embedded(address) ?? address;
  const family = isIP(inner) === 6 ? 'ipv6' : 'ipv4';
  if (metadata.check(inner, family)) return 'metadata';
  if (loopback.check(inner, family)) return 'loopback';
  if (linkLocal.check(inner, family)) return 'link-local';
  return privateRanges.check(inner, family) ? 'private' : 'public';
}

/** The kinds from the least to the most harmful. */
const byHarm: readonly AddressKind[] = ['public', 'private', 'link-local', 'loopback', 'metadata'];

/**
 * The address of IPv4 that one of IPv6 leads to: mapped (`::ffff:a.b.c.d`), compatible (`::a.b.c.d`), SIIT
 * (`::ffff:0:a.b.c.d`), 6to4, Teredo, NAT64. Where it may stand in several places, the most harmful.
 */
function embedded(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const groups = groupsOf(address);
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, high = 0, low = 0] = groups;
  const dotted = (left: number, right: number) => [left >> 8, left & 255, right >> 8, right & 255].join('.');
  if (first === 0x2002) return dotted(second, third);
  // Teredo: the client's address with every bit inverted.
  if (first === 0x2001 && second === 0) return dotted(high ^ 0xffff, low ^ 0xffff);
  const last = dotted(high, low);
  if (first === 0x64 && second === 0xff9b) {
    if (third !== 1 || (fourth === 0 && fifth === 0 && sixth === 0)) return last;
    // The prefix of 64:ff9b:1::/48 has 48, 56, 64 or 96 bits (RFC 6052); bits 64 to 71 are skipped.
    const places = [
      dotted(fourth, ((fifth & 255) << 8) | (sixth >> 8)),
      dotted(((fourth & 255) << 8) | (fifth & 255), sixth),
      dotted(((fifth & 255) << 8) | (sixth >> 8), ((sixth & 255) << 8) | (high >> 8)),
      last,
    ];
    return places.reduce((worst, one) =>
      byHarm.indexOf(kindOf(one)) > byHarm.indexOf(kindOf(worst)) ? one : worst,
    );
  }
  const zeros = groups.slice(0, 4).every((group) => group === 0);
  if (!zeros) return undefined;
  if ((fifth === 0 && sixth === 0xffff) || (fifth === 0xffff && sixth === 0)) return last;
  // `::` and `::1` are addresses of IPv6 themselves.
  return fifth === 0 && sixth === 0 && (high !== 0 || low > 1) ? last : undefined;
}

function groupsOf(address: string): number[] {
  // The URL parser writes each address in one way, a dotted end included.
  const written = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [left = '', right] = written.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  if (right === undefined) return numbers(left);
  const [head, tail] = [numbers(left), numbers(right)];
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Which hosts may be called, as a rule for names and one for addresses. */
export interface CallbackHosts {
  /** Why a host cannot be called, by its name or address in the URL; undefined where its addresses decide. */
  readonly refuses: (hostname: string) => string | undefined;
  /** Resolves a name to those of its addresses that may be called. */
  readonly lookup: LookupFunction;
}

/** What a simulator may call by default: all but metadata where only this machine reaches it, else what is public. */
export function defaultCallbackHosts(reachableFromOutside: boolean): readonly string[] {
  return reachableFromOutside ? ['public'] : ['loopback', 'private', 'link-local', 'public'];
}

/** What is wrong with an entry; undefined if nothing is. */
export function entryProblem(entry: string): string | undefined {
  const text = entry.replace(/^!/, '');
  if (text === 'any' || (addressKinds as readonly string[]).includes(text)) return undefined;
  if (text.includes('/')) {
    const [address = '', length = ''] = text.split('/');
    const most = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= most) return undefined;
    return `"${entry}" is not a range of addresses such as 10.1.0.0/16`;
  }
  if (isIP(text) !== 0 || /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(text)) return undefined;
  return `"${entry}" is not a host, an address, a range, "any" or one of ${addressKinds.join(', ')}`;
}

/**
 * The rule of a list of entries: kinds of addresses, addresses, ranges, names, `*.example.com`, `any`. What
 * no entry names is refused; an entry with `!` before it refuses, whatever the others allow.
 */
export function createCallbackHosts(
  entries: readonly string[],
  resolve: typeof lookup = lookup,
): CallbackHosts {
  const allowed = ruleOf(entries.filter((entry) => !entry.startsWith('!')));
  const refused = ruleOf(entries.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1)));
  const why = (what: string) =>
    `${what} may not be called. Start the simulator with --callback-hosts to allow it (callbackHosts of startServer)`;
  const mayCall = (address: string) => allowed.address(address) && !refused.address(address);
  const refuses = (hostname: string): string | undefined => {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    if (refused.name(name)) return why(`the host ${name}`);
    if (isIP(name) === 0) return undefined;
    return (allowed.name(name) && !refused.address(name)) || mayCall(name)
      ? undefined
      : why(`${name}, a ${kindOf(name)} address,`);
  };
  return {
    refuses,
    lookup: (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, found) => {
        if (error !== null) {
          callback(error, '');
          return;
        }
        const addresses = found as unknown as LookupAddress[];
        const named = allowed.name(hostname.toLowerCase().replace(/\.$/, ''));
        const open = addresses.filter(({ address }) =>
          named ? !refused.address(address) : mayCall(address),
        );
        const [first] = open;
        if (first === undefined) {
          const seen = addresses.map(({ address }) => `${address} (${kindOf(address)})`).join(', ');
          callback(new Error(why(`${hostname}, which is ${seen || 'nowhere'},`)), '');
        } else if (options.all === true) callback(null, open);
        else callback(null, first.address, first.family);
      });
    },
  };
}

/** Whether entries cover a name, and an address. */
function ruleOf(entries: readonly string[]) {
  const lower = entries.map((entry) => entry.toLowerCase().replace(/\.$/, ''));
  const words = new Set(lower);
  const suffixes = lower.filter((entry) => entry.startsWith('*.')).map((entry) => entry.slice(1));
  const ranges = new BlockList();
  for (const entry of lower) {
    const [address = ''] = entry.split('/');
    const version = isIP(address);
    if (version === 0) continue;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (entry.includes('/')) addRange(ranges, entry, family);
    else ranges.addAddress(address, family);
  }
  const any = words.has('any');
  return {
    name: (name: string) => any || words.has(name) || suffixes.some((suffix) => name.endsWith(suffix)),
    address: (address: string) => {
      const inner = embedded(address) ?? address;
      const family = isIP(inner) === 6 ? 'ipv6' : 'ipv4';
      return any || words.has(kindOf(address)) || ranges.check(inner, family);
    },
  };
}
