import type { Evidence, Exchange, Received } from '../../../record/evidence.ts';
import { operationOf } from './observe.ts';

/**
 * The exchange or delivery that the last mismatch names: the first of that id behind it, since the evidence
 * of a second run follows with ids of its own. Undefined where the mismatch names none, as in results of
 * earlier versions, or where the exchange was left out.
 */
export function locateExchange(evidence: readonly Evidence[]): Exchange | Received | undefined {
  const index = evidence.findLastIndex((piece) => piece.kind === 'mismatch');
  const mismatch = evidence[index];
  if (mismatch?.kind !== 'mismatch' || mismatch.exchange === undefined) return undefined;
  for (const piece of evidence.slice(index)) {
    if ((piece.kind === 'exchange' || piece.kind === 'received') && piece.id === mismatch.exchange)
      return piece;
  }
  return undefined;
}

/** The operation that broke the duty: of the exchange that shows it, else the last that anything happened to. */
export function locateOperation(
  evidence: readonly Evidence[],
  shows: Exchange | Received | undefined,
): string | undefined {
  const shown = shows === undefined ? undefined : operationOf(shows);
  return shown ?? evidence.flatMap((piece) => operationOf(piece) ?? []).at(-1);
}
