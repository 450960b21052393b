import type { PlainRequest } from '../plain.ts';

/**
 * The field with which an outbound call says how many calls of the simulator led to it. A call that
 * comes back to the simulator (a callback URL that points at itself, say) shows it again, one deeper.
 */
export const depthHeader = 'x-bgop-depth';

/** Calls that may lead to one another, as in Dataverse, which takes a deeper chain for an endless loop. */
export const deepestCall = 8;

/** How many calls of a simulator led to a request; 0 for any other client. */
export function depthOf(request: PlainRequest): number {
  const depth = Number(request.headers[depthHeader] ?? 0);
  return Number.isInteger(depth) && depth > 0 ? depth : 0;
}
