import type { Credential } from '../exchange.ts';
import type { HappeningOf } from '../happening.ts';
import type { Traffic, TrafficOperation } from '../traffic.ts';

/** A read of one operation. */
export type Read = HappeningOf<'read'>;

/** The reads of an operation. */
export function readsOf({ happenings }: TrafficOperation): Read[] {
  return happenings.filter((one) => one.kind === 'read');
}

/** As many reads in a row, each with a token that is used once, are those of one client that renews its token. */
const fewestFresh = 4;

/**
 * The reads of each operation by the client that sent them: several may watch one operation, and each is judged by
 * what it does. Who gets a token for every request is one client all the same.
 */
export function readsByClient(
  traffic: Traffic,
): { readonly operation: TrafficOperation; readonly reads: readonly Read[] }[] {
  const once = usedOnce(traffic);
  return traffic.operations.flatMap((operation) => {
    const reads = readsOf(operation);
    const fresh = reads.filter(({ exchange: { credential } }) => isFresh(credential, once));
    const joined = fresh.length >= fewestFresh ? new Set(fresh) : new Set<Read>();
    const shared = sharedHolders(reads);
    const groups = Map.groupBy(reads, (read) => (joined.has(read) ? 'fresh tokens' : senderOf(read, shared)));
    return [...groups.values()].map((theirs) => ({ operation, reads: theirs }));
  });
}

function senderOf({ exchange: { credential } }: Read, shared: ReadonlySet<string>): string | undefined {
  const { holder, key } = credential ?? {};
  return holder === undefined || shared.has(holder) ? key : holder;
}

/** Users of whom one token is used again after another: instances of one application, each with a token of its own. */
function sharedHolders(reads: readonly Read[]): ReadonlySet<string> {
  const known = new Map<string, { readonly used: Set<string>; latest: string }>();
  const shared = new Set<string>();
  for (const { exchange } of reads) {
    const { holder, key } = exchange.credential ?? {};
    if (holder === undefined || key === undefined) continue;
    const one = known.get(holder) ?? { used: new Set(), latest: key };
    if (one.latest !== key && one.used.has(key)) shared.add(holder);
    one.used.add(key);
    one.latest = key;
    known.set(holder, one);
  }
  return shared;
}

/** Whether a token does not say whose it is, and was used for one request only. */
function isFresh(credential: Credential | undefined, once: ReadonlySet<string>): boolean {
  return credential?.key !== undefined && credential.holder === undefined && once.has(credential.key);
}

/** The credentials of which the record has one request about background operations. */
function usedOnce({ happenings }: Traffic): ReadonlySet<string> {
  const exchanges = new Set(happenings.map(({ exchange }) => exchange.batch ?? exchange));
  const byKey = Map.groupBy(exchanges, ({ credential }) => credential?.key);
  return new Set(
    [...byKey].flatMap(([key, theirs]) => (key !== undefined && theirs.length === 1 ? [key] : [])),
  );
}
