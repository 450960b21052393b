import { classifyAll } from './page-rows.ts';
import type { TrafficExchange, TrafficMessage } from './exchange.ts';
import type { Happening } from './happening.ts';
import { firstClientBreaches, type FirstBreach } from './judge-clients.ts';
import { firstTargetBreaches } from './judge-target.ts';
import { originOf } from './resource.ts';
import type { Traffic } from './traffic.ts';

/** A breach that was not known before, and the operation in which it shows. */
export interface LiveBreach extends FirstBreach {
  /** Empty for what belongs to no operation. */
  readonly operation: string;
}

/** Operations that are followed at once, and happenings of one that are kept. */
const mostOperations = 500;
const mostHappenings = 30;
/** Happenings of no operation that wait to be judged. */
const mostAlone = 100;

/** Characters of a body that are kept; what an exchange means is read from the whole of it before. */
const longestKept = 20_000;

interface Followed {
  readonly happenings: Happening[];
  readonly told: Set<string>;
}

/**
 * Judges traffic while it comes. It follows the latest operations only, so that its memory does not grow; what
 * needs a whole record (other origins, pages) is for `bgop traffic` on the file. To judge costs more than to
 * note, so it is done for many exchanges at once: {@link LiveJudge.judge}.
 */
export class LiveJudge {
  readonly #operations = new Map<string, Followed>();
  /** Operations with something new, and what is new of no operation. */
  readonly #changed = new Map<string, Followed>();
  #alone: Happening[] = [];

  /** @returns what the exchange means; nothing where it has nothing to do with background operations */
  add(exchange: TrafficExchange): readonly Happening[] {
    const found = classifyAll(exchange);
    for (const happening of found) {
      const id = 'id' in happening ? happening.id : undefined;
      if (id === undefined) this.#noteAlone(happening);
      else this.#note(id, { ...happening, exchange: withoutLong(happening.exchange) });
    }
    return found;
  }

  /**
   * @param budgetMs after so many milliseconds the rest is left for the next time
   * @returns the breaches that what came since the last time shows, and that were not told before
   */
  judge(budgetMs = Infinity): LiveBreach[] {
    const until = performance.now() + budgetMs;
    const news: LiveBreach[] = [];
    for (const [operation, { happenings, told }] of this.#changed) {
      this.#changed.delete(operation);
      for (const breach of breachesIn(operation, happenings)) {
        if (!told.has(breach.clause)) news.push({ operation, ...breach });
        told.add(breach.clause);
      }
      if (performance.now() > until) break;
    }
    // What belongs to no operation is judged alone.
    const alone = this.#alone.flatMap((one) =>
      breachesIn('', [one]).map((breach) => ({ operation: '', ...breach })),
    );
    this.#alone = [];
    return [...news, ...alone];
  }

  /** Operations that are followed now. */
  get size(): number {
    return this.#operations.size;
  }

  #noteAlone(happening: Happening): void {
    if (this.#alone.length < mostAlone) this.#alone.push(happening);
  }

  #note(id: string, happening: Happening): void {
    const known = this.#operations.get(id) ?? { happenings: [], told: new Set<string>() };
    this.#operations.delete(id);
    this.#operations.set(id, known);
    const [oldest] = this.#operations.keys();
    if (this.#operations.size > mostOperations && oldest !== undefined) {
      this.#operations.delete(oldest);
      this.#changed.delete(oldest);
    }
    // The first is the submission, on which much depends.
    if (known.happenings.length >= mostHappenings) known.happenings.splice(1, 1);
    known.happenings.push(happening);
    this.#changed.set(id, known);
  }
}

function withoutLong(exchange: TrafficExchange): TrafficExchange {
  const { request, answer, batch } = exchange;
  if (![exchange, batch].some((one) => isLong(one?.request) || isLong(one?.answer))) return exchange;
  return {
    ...exchange,
    request: shortened(request),
    answer: answer === undefined ? undefined : shortened(answer),
    ...(batch === undefined ? {} : { batch: withoutLong(batch) }),
  };
}

function isLong(message: TrafficMessage | undefined): boolean {
  return (message?.body?.length ?? 0) > longestKept;
}

function shortened<Message extends TrafficMessage>(message: Message): Message {
  return isLong(message) ? { ...message, body: undefined } : message;
}

function breachesIn(id: string, happenings: readonly Happening[]): FirstBreach[] {
  const latest = happenings.at(-1)?.exchange;
  if (latest === undefined) return [];
  const traffic: Traffic = {
    happenings,
    operations:
      id === '' ? [] : [{ id, happenings, submission: happenings.find((one) => one.kind === 'submission') }],
    origins: new Set([originOf(latest.url)]),
    credentials: [],
    endsAt: latest.to,
    exchanges: happenings.length,
  };
  return [...firstClientBreaches(traffic), ...firstTargetBreaches(traffic)];
}
