import type {
  Evidence,
  Exchange,
  IllegalHistory,
  Received,
  TimelineItem,
} from '../../../harness/evidence.ts';
import { observationOf, operationInUrl, parsed } from './observe.ts';
import { duration } from './words.ts';

/** The rows of a timeline, from top to bottom. */
export const lanes = ['requests', 'cancellations', 'state', 'attempts', 'deliveries'] as const;

/** A timeline of one operation, ready to be drawn; `from` and `to` are columns, not milliseconds. */
export interface Timeline {
  readonly title: string;
  readonly items: readonly TimelineItem[];
  /** Position of each moment on the axis, and what is written below it. */
  readonly marks: readonly { readonly x: number; readonly label: string }[];
  readonly width: number;
}

interface Moment {
  readonly lane: TimelineItem['lane'];
  readonly label: string;
  readonly time: number;
  readonly codes?: string;
}

const statusNames: Readonly<Record<string, string>> = {
  '0,0': 'waiting',
  '2,20': 'in progress',
  '2,22': 'canceling',
  '3,30': 'succeeded',
  '3,31': 'failed',
  '3,32': 'canceled',
};
const mostMoments = 40;
const mostOperations = 4;

/** A timeline for each operation in the evidence (the first few), and for each drawn history. */
export function timelinesOf(evidence: readonly Evidence[]): Timeline[] {
  const histories = evidence.filter((piece) => piece.kind === 'history').map(historyTimeline);
  const byOperation = new Map<string, Moment[]>();
  const virtual = hasVirtualTime(evidence);
  let owner: string | undefined;
  let now = Number.NEGATIVE_INFINITY;
  for (const piece of evidence) {
    now = Math.max(now, timeOf(piece, virtual) ?? now);
    const found = momentsOf(piece, timeOf(piece, virtual) ?? now);
    if (found === undefined) continue;
    owner = found.operation ?? owner;
    if (owner === undefined) continue;
    byOperation.set(owner, [...(byOperation.get(owner) ?? []), ...found.moments]);
  }
  const timelines = [...byOperation]
    .filter(([, moments]) => moments.length > 1)
    .slice(0, mostOperations)
    .map(([operation, moments]) =>
      layOut(`Operation ${operation}`, withoutRepetition(moments).slice(0, mostMoments)),
    );
  return [...histories, ...timelines];
}

/** Of an attempt that asks again and again and is told to go on, the first and the last question are enough. */
function withoutRepetition(moments: readonly Moment[]): Moment[] {
  const goesOn = (moment: Moment | undefined): boolean =>
    moment?.lane === 'attempts' && moment.label.endsWith(': continue');
  const attempts = moments.filter(({ lane }) => lane === 'attempts');
  return moments.filter((moment) => {
    const index = attempts.indexOf(moment);
    const [before, after] = [attempts[index - 1], attempts[index + 1]];
    return !(goesOn(moment) && before?.label === moment.label && after?.label === moment.label);
  });
}

interface Found {
  readonly operation: string | undefined;
  readonly moments: readonly Moment[];
}

function momentsOf(piece: Evidence, time: number): Found | undefined {
  if (piece.kind === 'exchange') return exchangeMoments(piece, time);
  if (piece.kind === 'received') return receivedMoments(piece, time);
  return undefined;
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

function exchangeMoments(piece: Exchange, time: number): Found | undefined {
  const { method, url } = piece.request;
  const status = piece.response?.status ?? 'no answer';
  const submitted = piece.response?.headers.find(
    ([name]) => name.toLowerCase() === 'x-ms-dyn-backgroundoperationid',
  )?.[1];
  const operation = submitted?.toLowerCase() ?? operationInUrl(url);
  if (operation === undefined) return undefined;
  const canceling = method === 'DELETE' || method === 'PATCH';
  const verb = submitted === undefined ? method : 'submit';
  const moments: Moment[] = [
    { lane: canceling ? 'cancellations' : 'requests', label: `${verb} ${status}`, time },
    ...stateMoment(piece, time),
  ];
  return { operation, moments };
}

function receivedMoments(piece: Received, time: number): Found {
  const { operationId, body, purpose, answered } = piece;
  const told = parsed(body.text);
  const id = operationId ?? told?.['backgroundOperationId'];
  const operation = typeof id === 'string' ? id.toLowerCase() : undefined;
  const attempt = told?.['attempt'];
  const label =
    purpose === 'probe'
      ? `${typeof attempt === 'number' ? `attempt ${attempt}` : 'attempt'}: ${outcomeIn(answered)}`
      : `${purpose}: ${answered}`;
  const lane = purpose === 'probe' ? 'attempts' : 'deliveries';
  return { operation, moments: [{ lane, label: label.slice(0, 40), time }, ...stateMoment(piece, time)] };
}

function outcomeIn(answered: string): string {
  return /"outcome":\s*"(\w+)"/.exec(answered)?.[1] ?? answered;
}

function stateMoment(piece: Evidence, time: number): Moment[] {
  const seen = observationOf(piece);
  if (seen === undefined) return [];
  return [{ lane: 'state', label: statusNames[seen.codes] ?? `(${seen.codes})`, time, codes: seen.codes }];
}

/** Moments on an axis whose gaps grow with the logarithm of the time between, so that 90 days fit beside 2 ms. */
function layOut(title: string, moments: readonly Moment[]): Timeline {
  const sorted = moments.toSorted((a, b) => a.time - b.time);
  const first = sorted[0]?.time ?? 0;
  const marks: { x: number; label: string }[] = [];
  const positions = new Map<number, number>();
  let x = 0;
  let before = first;
  for (const { time } of sorted) {
    if (positions.has(time)) continue;
    if (positions.size > 0) x += 74 + Math.min(90, Math.log10(1 + time - before) * 14);
    positions.set(time, x);
    marks.push({ x, label: positions.size === 1 ? 'start' : `+${duration(time - first)}` });
    before = time;
  }
  const end = x + 110;
  const position = (time: number): number => positions.get(time) ?? 0;
  const states = sorted.filter(({ lane }) => lane === 'state');
  const spans = states
    .filter(({ codes }, index) => index === 0 || codes !== states[index - 1]?.codes)
    .map(({ label, time }, index, all): TimelineItem => {
      const next = all[index + 1];
      return {
        lane: 'state',
        label,
        from: position(time),
        to: next === undefined ? end : position(next.time),
      };
    });
  const points = sorted
    .filter(({ lane }) => lane !== 'state')
    .map(({ lane, label, time }): TimelineItem => ({
      lane,
      label,
      from: position(time),
      to: position(time),
    }));
  return { title, items: [...points, ...spans], marks, width: end };
}

/** A drawn history keeps its own spans; its moments get the same kind of axis. */
function historyTimeline({ operationId, reason, items }: IllegalHistory): Timeline {
  const times = [...new Set(items.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const positions = new Map<number, number>();
  let x = 0;
  for (const [index, time] of times.entries()) {
    const before = times[index - 1] ?? 0;
    // A span over one gap gets room for its label.
    const labels = items
      .filter(({ from, to }) => from === before && to === time)
      .map(({ label }) => label.length);
    if (index > 0)
      x +=
        Math.max(60, Math.min(170, 30 + Math.max(0, ...labels) * 7)) +
        Math.min(90, Math.log10(1 + time - before) * 14);
    positions.set(time, x);
  }
  return {
    title: `Operation ${operationId}: ${reason}`,
    items: items.map((item) => ({
      ...item,
      from: positions.get(item.from) ?? 0,
      to: positions.get(item.to) ?? 0,
    })),
    marks: times.map((time) => ({ x: positions.get(time) ?? 0, label: `+${duration(time)}` })),
    width: x + 110,
  };
}
