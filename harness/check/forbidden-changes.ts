import { idAtEndOf } from './accepted.ts';
import type { ClauseId } from '../../contract/clauses.ts';
import { isAllowedTransition, isKnownPair } from '../../contract/lifecycle.ts';
import { headers, pairs, table } from '../../contract/vocabulary.ts';
import { isObject } from '../answer.ts';
import { untilConsistent } from '../drive.ts';
import type { Evidence } from '../../record/evidence.ts';
import { parseJson } from '../json.ts';
import { changesIn, resourceOf, type Change } from './changes.ts';

/** A change that the lifecycle forbids, with the clause that forbids it. */
export interface ForbiddenChange {
  readonly clause: ClauseId;
  /** In one sentence. */
  readonly reason: string;
}

/**
 * The changes that a check saw of an operation though the lifecycle forbids them, whatever the check was
 * about. A row may lag behind for a while, so that one which goes back soon shows nothing; nor does an
 * operation that the suite wrote to in another way than the documented cancellation, or an id that was
 * given out twice.
 */
export function forbiddenChanges(evidence: readonly Evidence[]): ForbiddenChange[] {
  const broken = changesIn(evidence).filter(isForbidden);
  if (broken.length === 0) return [];
  const meddled = new Set([...operationsWrittenTo(evidence), ...idsGivenTwice(evidence)]);
  return broken
    .filter(({ operation }) => !meddled.has(operation))
    .map(({ where, operation, from, to }) => ({
      clause: from.startsWith('3,') ? 'state.terminal-is-final' : 'state.legal-history',
      reason: `the ${where} of ${operation} showed (${from}), and (${to}) later`,
    }));
}

/** Codes that do not exist are another clause's matter. */
function isForbidden({ where, from, to, apart }: Change): boolean {
  if (!isKnown(from) || !isKnown(to) || isAllowedTransition(from, to)) return false;
  return where === 'monitor' || apart > Math.max(untilConsistent.virtualMs, untilConsistent.realMs);
}

function isKnown(codes: string): boolean {
  const [state, status] = codes.split(',');
  return isKnownPair(Number(state), Number(status));
}

/** The operations whose rows were written to otherwise than the documentation says of a cancellation. */
function operationsWrittenTo(evidence: readonly Evidence[]): ReadonlySet<string> {
  const written = evidence.flatMap((piece): string[] => {
    if (piece.kind !== 'exchange' || piece.request.method === 'GET') return [];
    const resource = resourceOf(piece.request.url);
    if (resource?.where !== 'row') return [];
    const { request } = piece;
    const documented =
      request.method === 'PATCH' &&
      request.headers.some(([name]) => name.toLowerCase() === 'if-match') &&
      isCancellation(parseJson(request.body?.text ?? ''));
    return documented ? [] : [resource.operation];
  });
  return new Set(written);
}

/** Two operations of one id are two lives. */
function idsGivenTwice(evidence: readonly Evidence[]): ReadonlySet<string> {
  const given = evidence.flatMap((piece): string[] => {
    if (piece.kind !== 'exchange' || piece.request.method !== 'POST') return [];
    const named = piece.response?.headers.filter(([name]) =>
      [headers.operationId, headers.location].some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    const ids = named?.flatMap(([, value]) => idAtEndOf(value)?.toLowerCase() ?? []);
    return [...new Set(ids)];
  });
  return new Set(given.filter((id, index) => given.indexOf(id) !== index));
}

function isCancellation(body: unknown): boolean {
  const { state, status } = pairs.canceling;
  return (
    isObject(body) &&
    Object.keys(body).length === 2 &&
    body[table.state] === state &&
    body[table.status] === status
  );
}
