import type { Evidence, Exchange, Received } from '../../../record/evidence.ts';
import { observationOf, operationInUrl, operationOf, parsed } from './observe.ts';

/** The rows of a timeline, from top to bottom: `state` is what the monitor showed, `row` what the row did. */
export const lanes = ['requests', 'cancellations', 'state', 'row', 'attempts', 'deliveries'] as const;

/** A row of a timeline. */
export type Lane = (typeof lanes)[number];

/** Something that happened to one operation. */
export interface TimelineMoment {
  readonly lane: Lane;
  readonly label: string;
  /** Milliseconds; never before that of the moment before it. */
  readonly time: number;
  /** What a read showed; moments without are points. */
  readonly codes?: string;
  /** An attempt that failed, or a request without an answer. */
  readonly failed?: boolean;
  /** The exchange that it belongs to; of those that overlap the order is not known. */
  readonly exchange?: Exchange;
}

const statusNames: Readonly<Record<string, string>> = {
  '0,0': 'waiting',
  '2,20': 'in progress',
  '2,22': 'canceling',
  '3,30': 'succeeded',
  '3,31': 'failed',
  '3,32': 'canceled',
};

/** The moments of each operation in the evidence, in the order in which they happened. */
export function momentsByOperation(evidence: readonly Evidence[]): Map<string, TimelineMoment[]> {
  const found = new Map<string, TimelineMoment[]>();
  const virtual = hasVirtualTime(evidence);
  let owner: string | undefined;
  let now = Number.NEGATIVE_INFINITY;
  for (const piece of evidence) {
    // The order of the evidence is certain; times are whole milliseconds, and clocks may be set back.
    now = Math.max(now, timeOf(piece, virtual) ?? now);
    const moments = momentsOf(piece, now);
    if (moments.length === 0) continue;
    // A call of a probe that knows no ids belongs to the operation before it.
    owner = operationOf(piece) ?? (piece.kind === 'received' ? owner : undefined);
    if (owner === undefined) continue;
    found.set(owner, [...(found.get(owner) ?? []), ...moments]);
  }
  return found;
}

/** Whether the evidence has times of a clock that the suite moves. */
export function hasVirtualTime(evidence: readonly Evidence[]): boolean {
  return evidence.some((piece) => piece.kind === 'exchange' && piece.virtualTime !== undefined);
}

/** When a piece happened, on the target's clock where that is virtual; undefined where only the order is known. */
export function timeOf(piece: Evidence, virtual: boolean): number | undefined {
  if (piece.kind !== 'exchange' && piece.kind !== 'received') return undefined;
  if (!virtual) return Date.parse(piece.at);
  const told = piece.kind === 'received' ? parsed(piece.body.text)?.['time'] : undefined;
  const text = piece.virtualTime ?? told;
  return typeof text === 'string' && Number.isFinite(Date.parse(text)) ? Date.parse(text) : undefined;
}

function momentsOf(piece: Evidence, time: number): TimelineMoment[] {
  if (piece.kind === 'exchange') return exchangeMoments(piece, time);
  return piece.kind === 'received' ? [receivedMoment(piece, time)] : [];
}

function exchangeMoments(piece: Exchange, time: number): TimelineMoment[] {
  const { method, url } = piece.request;
  const canceling = method === 'DELETE' || method === 'PATCH';
  const submits = operationInUrl(url) === undefined;
  const seen = observationOf(piece);
  const shown = canceling && seen !== undefined ? `, ${nameOf(seen.codes)}` : '';
  const moment: TimelineMoment = {
    lane: canceling ? 'cancellations' : 'requests',
    label: `${submits ? 'submit' : method} ${piece.response?.status ?? 'no answer'}${shown}`,
    time,
    exchange: piece,
    ...(piece.response === undefined ? { failed: true } : {}),
  };
  if (seen === undefined || method !== 'GET') return [moment];
  const lane = seen.where === 'row' ? 'row' : 'state';
  return [moment, { lane, label: nameOf(seen.codes), time, codes: seen.codes, exchange: piece }];
}

function nameOf(codes: string): string {
  return statusNames[codes] ?? `(${codes})`;
}

function receivedMoment(piece: Received, time: number): TimelineMoment {
  const { purpose, answered } = piece;
  if (purpose !== 'probe') {
    const codes = observationOf(piece)?.codes;
    const label = `${purpose}${codes === undefined ? '' : ` ${nameOf(codes)}`}: ${answered}`;
    return { lane: 'deliveries', label, time };
  }
  const attempt = parsed(piece.body.text)?.['attempt'];
  const outcome = outcomeIn(answered) ?? answered;
  return {
    lane: 'attempts',
    label: `${typeof attempt === 'number' ? `attempt ${attempt}` : 'attempt'}: ${outcome}`,
    time,
    ...(isFailure(piece) ? { failed: true } : {}),
  };
}

/** Whether the suite let an attempt fail, by its word or by an answer that no probe can use. */
export function isFailure({ purpose, answered }: Received): boolean {
  return purpose === 'probe' && !['succeed', 'continue'].includes(outcomeIn(answered) ?? '');
}

/** The outcome that the suite told a probe: "succeed", "fail" or "continue"; undefined for other answers. */
export function outcomeIn(answered: string): string | undefined {
  return /"outcome":\s*"(\w+)"/.exec(answered)?.[1];
}
