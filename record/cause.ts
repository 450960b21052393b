import { z } from 'zod';
import type { Need } from '../contract/clause.ts';
import { needNames, reasonWithout } from '../contract/needs.ts';

const text = z.string();
const texts = z.array(text).readonly();

/**
 * Why a check or a clause was not decided, where that is of a known kind: what reads a result decides by it.
 * The sentence in `reason` is made from it by {@link causeText}, and nothing reads that sentence back.
 */
export const causeSchema = z
  .discriminatedUnion('kind', [
    /** The target does not offer these needs. */
    z.object({ kind: z.literal('lacks'), needs: texts }).readonly(),
    /** No check exists yet; one would have these needs besides what the target offers. */
    z.object({ kind: z.literal('no-check'), needs: texts }).readonly(),
    /** It was not asked for. */
    z.object({ kind: z.literal('left-out') }).readonly(),
    /** No check of it is in this shard of the run. */
    z.object({ kind: z.literal('other-shard'), shard: text }).readonly(),
    /** The request budget of the run was used up; `limit` in requests. */
    z.object({ kind: z.literal('budget'), limit: z.int().min(0) }).readonly(),
    /** A breach of another clause kept the check from deciding; `why` says what was seen of it. */
    z.object({ kind: z.literal('blocked'), clause: text, why: text }).readonly(),
    /** What the check speaks of never comes about, since the target breaks another clause. */
    z.object({ kind: z.literal('unreached'), clause: text, why: text }).readonly(),
  ])
  .meta({ id: 'cause', description: 'Why it was not decided, where that is of a known kind.' });

/** Why a check or a clause was not decided, see {@link causeSchema}. */
export type Cause = z.output<typeof causeSchema>;

/** How the reason of a check begins that the request budget kept from deciding. */
export const budgetUsedUp = 'request budget used up';

/** A cause in one sentence without a full stop, with the way out where there is one. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'lacks':
      return cause.needs.map((need) => reasonWithout(need as Need)).join('; ');
    case 'no-check':
      return `no check exists yet${needed(cause.needs)}`;
    case 'left-out':
      return 'left out by --only';
    case 'other-shard':
      return `no check of it is in shard ${cause.shard}`;
    case 'budget':
      return `${budgetUsedUp} (${cause.limit} ${cause.limit === 1 ? 'request' : 'requests'}): raise budget.requests or --max-requests, or narrow the run with --only`;
    case 'blocked':
      return `blocked by ${cause.clause}: ${cause.why}`;
    case 'unreached':
      return `needs ${cause.clause}, which the target breaks: ${cause.why}`;
  }
}

/** What several clauses have in common that were not tested for this cause, to go on after "2 clauses". */
export function causeInCommon(cause: Cause, one: boolean): string {
  switch (cause.kind) {
    case 'no-check':
      return `${one ? 'has' : 'have'} no check yet${needed(cause.needs)}`;
    case 'unreached':
      return `${one ? 'needs' : 'need'} ${cause.clause}, which the target breaks`;
    default:
      return `${one ? 'was' : 'were'} not tested: ${causeText(cause)}`;
  }
}

function needed(needs: readonly string[]): string {
  return needs.length === 0 ? '' : ` (needs ${needNames(needs)})`;
}
