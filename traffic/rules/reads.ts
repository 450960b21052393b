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
    const groups = Map.groupBy(reads, (read) => (joined.has(read) ? 'fresh tokens' : senderOf(read)));
    return [...groups.values()].map((theirs) => ({ operation, reads: theirs }));
  });
}

function senderOf({ exchange: { credential } }: Read): string | undefined {
  return credential?.holder ?? credential?.key;
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
