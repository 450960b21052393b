import type { PlainRequest } from '../plain.ts';

/**
 * The field with which an outbound call says how many calls of the simulator led to it. A call that
 * comes back to the simulator (a callback URL that points at itself, say) shows it again, one deeper.
 */
export const depthHeader = 'x-bgop-depth';

/** Calls that may lead to one another, as in Dataverse, which takes a deeper chain for an endless loop. */
export const deepestCall = 8;

/**
 * How many calls of a simulator led to a request; 0 for any other client. What is no whole number (two
 * fields that were joined, say) counts as too deep, so that nobody can switch the count off.
 */
export function depthOf(request: PlainRequest): number {
  const text = request.headers[depthHeader];
  if (text === undefined) return 0;
  const tooDeep = deepestCall + 1;
  return /^\d+$/.test(text) ? Math.min(Number(text), tooDeep) : tooDeep;
}
