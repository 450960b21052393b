import type { ClientClauseId } from '../contract/client-clauses.ts';
import type { TrafficExchange } from './exchange.ts';
import type { Traffic } from './traffic.ts';

/** Something that a clause speaks of and that the record shows: it held, or it was broken. */
export interface Instance {
  /** Why it is a breach: "expected …, got …" or a sentence; undefined where it held. */
  readonly breach?: string;
  /** What a MAY clause saw. */
  readonly seen?: string;
  /** The exchanges that show it, in order. */
  readonly exchanges: readonly TrafficExchange[];
  /** The operation that it is about, where it is one. */
  readonly operation?: string;
}

/** Finds every instance of one clause; none where the record does not show what the clause speaks of. */
export type Rule = (traffic: Traffic) => Instance[];

/** Rules by the clause that they judge. */
export type Rules<Id extends string = ClientClauseId> = { readonly [Each in Id]?: Rule };

/** An instance that is a breach where `breach` says so. */
export function instance(
  exchanges: readonly TrafficExchange[],
  breach: string | false | undefined,
  operation?: string,
): Instance {
  return {
    exchanges,
    ...(breach === undefined || breach === false ? {} : { breach }),
    ...(operation === undefined ? {} : { operation }),
  };
}
