import { classifyAll } from './page-rows.ts';
import type { TrafficExchange } from './exchange.ts';
import type { Happening, HappeningOf } from './happening.ts';
import { organizationOf, resourceOf } from './resource.ts';

/** One operation with everything that the record has of it, in order. */
export interface TrafficOperation {
  /** In lower case. */
  readonly id: string;
  readonly happenings: readonly Happening[];
  /** Undefined where the record does not show how it began. */
  readonly submission: HappeningOf<'submission'> | undefined;
}

/** Requests with a credential that went to an origin. */
interface SentCredential {
  readonly key: string;
  readonly origin: string;
  readonly exchange: TrafficExchange;
}

/** A record with everything about background operations found in it: what rules judge. */
export interface Traffic {
  readonly happenings: readonly Happening[];
  readonly operations: readonly TrafficOperation[];
  /** The origins of the organizations. */
  readonly origins: ReadonlySet<string>;
  /** The first exchange for each credential and origin, those of other traffic included. */
  readonly credentials: readonly SentCredential[];
  /** When the record ends. */
  readonly endsAt: number;
  /** How many exchanges the record has. */
  readonly exchanges: number;
}

/** Finds the background operations among whatever else is there, one exchange after the other. */
export class TrafficCollector {
  readonly #happenings: Happening[] = [];
  readonly #origins = new Set<string>();
  readonly #credentials = new Map<string, SentCredential>();
  #endsAt = 0;
  #exchanges = 0;

  /** @returns what the exchange means; nothing where it is other traffic, of which only credentials are kept */
  add(exchange: TrafficExchange): readonly Happening[] {
    this.#exchanges += 1;
    this.#endsAt = Math.max(this.#endsAt, exchange.to);
    const origin = organizationOf(exchange.url);
    const key = exchange.credential?.key;
    if (
      key !== undefined &&
      exchange.credential?.scheme !== 'cookie' &&
      !this.#credentials.has(`${key} ${origin}`)
    )
      this.#credentials.set(`${key} ${origin}`, { key, origin, exchange: withoutBodies(exchange) });
    const found = classifyAll(exchange);
    this.#happenings.push(...found);
    if (found.some(({ kind }) => kind !== 'callback' && kind !== 'event')) this.#origins.add(origin);
    return found;
  }

  /** Takes note of where an exchange went that counts already: behind a gateway the organization has another origin. */
  addCopy(url: string): void {
    if (resourceOf(url).kind !== 'other') this.#origins.add(organizationOf(url));
  }

  /** Everything found so far. */
  traffic(): Traffic {
    const happenings = [...this.#happenings].sort(
      (one, other) => one.exchange.from - other.exchange.from || one.exchange.number - other.exchange.number,
    );
    const byId = new Map<string, Happening[]>();
    for (const one of happenings) {
      const id = 'id' in one ? one.id : undefined;
      if (id === undefined) continue;
      const of = byId.get(id);
      if (of === undefined) byId.set(id, [one]);
      else of.push(one);
    }
    return {
      happenings,
      operations: [...byId].map(([id, theirs]) => ({
        id,
        happenings: theirs,
        submission: theirs.find((one) => one.kind === 'submission'),
      })),
      origins: this.#origins,
      credentials: [...this.#credentials.values()],
      endsAt: this.#endsAt,
      exchanges: this.#exchanges,
    };
  }
}

function withoutBodies(exchange: TrafficExchange): TrafficExchange {
  const { request, answer } = exchange;
  return {
    ...exchange,
    request: { ...request, body: undefined },
    answer: answer && { ...answer, body: undefined },
  };
}

/** The traffic of a whole record. */
export function trafficOf(exchanges: Iterable<TrafficExchange>): Traffic {
  const collector = new TrafficCollector();
  for (const exchange of exchanges) collector.add(exchange);
  return collector.traffic();
}

/** Several records as one, for what is told of them together. */
export function joinTraffic(parts: readonly Traffic[]): Traffic {
  return {
    happenings: parts.flatMap(({ happenings }) => happenings),
    operations: parts.flatMap(({ operations }) => operations),
    origins: new Set(parts.flatMap(({ origins }) => [...origins])),
    credentials: parts.flatMap(({ credentials }) => credentials),
    endsAt: Math.max(0, ...parts.map(({ endsAt }) => endsAt)),
    exchanges: parts.reduce((sum, { exchanges }) => sum + exchanges, 0),
  };
}
