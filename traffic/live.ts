import { classifyAll } from './page-rows.ts';
import type { TrafficExchange } from './exchange.ts';
import type { Happening } from './happening.ts';
import { judgeClients } from './judge-clients.ts';
import { judgeTarget } from './judge-target.ts';
import { originOf } from './resource.ts';

/** What an exchange added to what is known of an operation. */
export interface LiveNews {
  readonly happening: Happening;
  /** Breaches that were not known before, by clause. */
  readonly breaches: readonly { readonly clause: string; readonly reason: string }[];
}

/** Operations that are followed at once, and happenings of one that are kept. */
const mostOperations = 500;
const mostHappenings = 100;

/**
 * Judges traffic while it comes. It follows the latest operations only, so that its memory does not grow; what
 * needs a whole record (other origins, pages) is for `bgop traffic` on the file.
 */
export class LiveJudge {
  readonly #operations = new Map<string, { happenings: Happening[]; told: Set<string> }>();

  /** @returns what is new; nothing where the exchange has nothing to do with background operations */
  add(exchange: TrafficExchange): LiveNews[] {
    return classifyAll(exchange).map((happening) => {
      const id = 'id' in happening ? happening.id : undefined;
      return { happening, breaches: this.#judge(id ?? '', happening) };
    });
  }

  /** Operations that are followed now. */
  get size(): number {
    return this.#operations.size;
  }

  #judge(id: string, happening: Happening): LiveNews['breaches'] {
    const known = this.#operations.get(id) ?? { happenings: [], told: new Set<string>() };
    this.#operations.delete(id);
    this.#operations.set(id, known);
    const [oldest] = this.#operations.keys();
    if (this.#operations.size > mostOperations && oldest !== undefined) this.#operations.delete(oldest);
    const { happenings, told } = known;
    // What belongs to no operation is judged alone.
    if (id === '') happenings.length = 0;
    if (happenings.length >= mostHappenings) happenings.splice(1, 1);
    happenings.push(happening);
    const submission = happenings.find((one) => one.kind === 'submission');
    const traffic = {
      happenings,
      operations: id === '' ? [] : [{ id, happenings, submission }],
      origins: new Set([originOf(happening.exchange.url)]),
      credentials: [],
      endsAt: happening.exchange.to,
      exchanges: happenings.length,
    };
    return [...judgeClients(traffic), ...judgeTarget(traffic)].flatMap(({ clause, outcome, reason }) => {
      if (outcome !== 'broken' || told.has(clause)) return [];
      if (id !== '') told.add(clause);
      return [{ clause, reason: reason ?? '' }];
    });
  }
}
