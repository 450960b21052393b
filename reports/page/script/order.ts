import type { Exchange } from '../../../record/evidence.ts';

/** Whether the answer of one exchange had come before the other's request left. */
export function isBefore(a: Exchange, b: Exchange): boolean {
  if (a.order !== undefined && b.order !== undefined) return a.order.to < b.order.from;
  // Results of earlier versions have times only, in whole milliseconds.
  return Date.parse(a.at) + Math.max(1, Math.ceil(a.durationMs)) <= Date.parse(b.at);
}
