import { isObject } from '../answer.ts';
import type { Evidence } from '../../record/evidence.ts';
import { parseJson } from '../json.ts';
import type { ForbiddenChange } from './forbidden-changes.ts';

/** The first attempt and three retries. */
const mostAttempts = 4;

/**
 * The operations that began a fifth attempt while a check looked on, whatever the check was about. Only
 * where the probe says which attempt of which operation it is in: a delivery may come twice, and a
 * submission may have been sent twice.
 */
export function furtherAttempts(evidence: readonly Evidence[]): ForbiddenChange[] {
  const calls = evidence.filter((piece) => piece.kind === 'received' && piece.purpose === 'probe');
  if (calls.length <= mostAttempts) return [];
  const attempts = new Map<string, Set<number>>();
  for (const call of calls) {
    const body = call.kind === 'received' ? parseJson(call.body.text) : undefined;
    if (!isObject(body)) continue;
    const { attempt, backgroundOperationId: id } = body;
    if (typeof attempt !== 'number' || typeof id !== 'string') continue;
    attempts.set(id, (attempts.get(id) ?? new Set()).add(attempt));
  }
  return [...attempts].flatMap(([id, numbers]): ForbiddenChange[] =>
    numbers.size <= mostAttempts
      ? []
      : [{ clause: 'retry.at-most-three', reason: `${numbers.size} attempts of ${id} began` }],
  );
}
