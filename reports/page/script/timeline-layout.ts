import type { Evidence, IllegalHistory, TimelineItem } from '../../../record/evidence.ts';
import { momentsByOperation, type Lane, type TimelineMoment } from './moments.ts';
import { isBefore } from './order.ts';
import { count, duration } from './words.ts';

/** Something drawn: a span or a point; `from` and `to` are places on the axis, not milliseconds. */
export interface DrawnItem extends Omit<TimelineItem, 'lane'> {
  readonly lane: Lane;
  readonly failed?: boolean;
}

/** A timeline of one operation, ready to be drawn. */
export interface Timeline {
  readonly title: string;
  readonly items: readonly DrawnItem[];
  /** Position of each moment on the axis, and what is written below it. */
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}

/** The width of a letter in a timeline, at its widest. */
export const letterWidth = 7;
const mostDrawn = 40;
const mostOperations = 4;
/** Between moments of the same time, of which only the order is known; between times, so that both can be read. */
const orderStep = 30;
const timeStep = 82;
/** The least room between two moments of a drawn history. */
const shortestSpan = 60;

/** A timeline for each drawn history and each operation in the evidence (a few), that of `culprit` first. */
export function timelinesOf(evidence: readonly Evidence[], culprit?: string): Timeline[] {
  const histories = evidence.filter((piece) => piece.kind === 'history').map(historyTimeline);
  const timelines = [...momentsByOperation(evidence)]
    .filter(([, moments]) => moments.length > 1)
    .sort(([a], [b]) => Number(b === culprit) - Number(a === culprit))
    .slice(0, mostOperations)
    .map(([operation, moments]) =>
      operationTimeline(operation, withoutSameReads(withoutRepetition(moments))),
    );
  return [...histories, ...timelines];
}

/** Of an attempt that asks again and again and is told to go on, the first and the last question are enough. */
function withoutRepetition(moments: readonly TimelineMoment[]): TimelineMoment[] {
  const goesOn = (moment: TimelineMoment | undefined): boolean =>
    moment?.lane === 'attempts' && moment.label.endsWith(': continue');
  const attempts = moments.filter(({ lane }) => lane === 'attempts');
  return moments.filter((moment) => {
    const index = attempts.indexOf(moment);
    const [before, after] = [attempts[index - 1], attempts[index + 1]];
    return !(goesOn(moment) && before?.label === moment.label && after?.label === moment.label);
  });
}

/** Of reads that show the same again and again the first and the last are enough. */
function withoutSameReads(moments: readonly TimelineMoment[]): TimelineMoment[] {
  const reads = moments.filter(({ codes }) => codes !== undefined);
  const superfluous = new Set<TimelineMoment['exchange']>();
  for (const lane of ['state', 'row'] as const) {
    const ofLane = reads.filter((read) => read.lane === lane);
    ofLane.forEach(({ codes, exchange }, index) => {
      if (ofLane[index - 1]?.codes === codes && ofLane[index + 1]?.codes === codes) superfluous.add(exchange);
    });
  }
  return moments.filter(({ exchange }) => exchange === undefined || !superfluous.has(exchange));
}

/** Of a long life the beginning and, more important, the end. */
function operationTimeline(operation: string, moments: readonly TimelineMoment[]): Timeline {
  const left = moments.length - mostDrawn;
  if (left <= 0) return layOut(`Operation ${operation}`, moments);
  const shown = [...moments.slice(0, mostDrawn / 4), ...moments.slice(mostDrawn / 4 + left)];
  return layOut(`Operation ${operation} (${count(left, 'moment')} in between left out)`, shown);
}

/**
 * Moments in their order, on an axis whose gaps grow with the logarithm of the time between, so that 90
 * days fit beside 2 ms. What was under way at the same time stands at the same place.
 */
function layOut(title: string, moments: readonly TimelineMoment[]): Timeline {
  const first = moments[0]?.time ?? 0;
  const marks: { x: number; label: string }[] = [];
  const columns: TimelineMoment[][] = [];
  for (const moment of moments) {
    const last = columns.at(-1);
    if (last !== undefined && last.some((other) => isSimultaneous(other, moment))) last.push(moment);
    else columns.push([moment]);
  }
  const items: DrawnItem[] = [];
  const open = new Map<Lane, { item: DrawnItem; codes: string }>();
  const close = (lane: Lane, to: number): void => {
    const span = open.get(lane);
    if (span === undefined) return;
    items.push({ ...span.item, to });
    open.delete(lane);
  };
  let x = 0;
  let before: number | undefined;
  let free = 0;
  for (const column of columns) {
    const time = column[0]?.time ?? first;
    if (before === undefined || time > before) {
      x = Math.max(x + (before === undefined ? 0 : orderStep), (marks.at(-1)?.x ?? -timeStep) + timeStep);
      if (before !== undefined) x += Math.min(90, Math.log10(1 + time - before) * 14);
      x = Math.max(x, free);
      marks.push({ x, label: markLabel(time - first, before === undefined ? undefined : time - before) });
    } else x = Math.max(x + orderStep, changes(column, open) ? free : 0);
    before = time;
    for (const { lane, label, codes, failed } of column) {
      const item: DrawnItem = { lane, label, from: x, to: x, ...(failed === true ? { failed } : {}) };
      const agreed = column.every((other) => other.lane !== lane || other.codes === codes);
      if (codes === undefined || !agreed) {
        if (codes !== undefined) close(lane, x);
        items.push(item);
      } else if (open.get(lane)?.codes !== codes) {
        close(lane, x);
        open.set(lane, { item, codes });
        free = x + label.length * letterWidth + 18;
      }
    }
  }
  for (const lane of [...open.keys()]) close(lane, Math.max(x + 110, free));
  return { title, items, marks };
}

/** The time since the start; where that reads as the mark before it did, the time since that. */
function markLabel(since: number, gap: number | undefined): string {
  if (gap === undefined) return 'start';
  return duration(since) === duration(since - gap) ? `${duration(gap)} later` : `+${duration(since)}`;
}

/** Whether a column ends a span, whose label needs its room. */
function changes(column: readonly TimelineMoment[], open: ReadonlyMap<Lane, { codes: string }>): boolean {
  return column.some(({ lane, codes }) => codes !== undefined && open.get(lane)?.codes !== codes);
}

function isSimultaneous(a: TimelineMoment, b: TimelineMoment): boolean {
  if (a.exchange === undefined || b.exchange === undefined) return false;
  return a.exchange === b.exchange || !isBefore(a.exchange, b.exchange);
}

/** A drawn history keeps its own spans; its moments get the same kind of axis. */
function historyTimeline({ operationId, reason, items }: IllegalHistory): Timeline {
  const times = [...new Set(items.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const positions = new Map<number, number>();
  let x = 0;
  for (const [index, time] of times.entries()) {
    const before = times[index - 1] ?? 0;
    if (index > 0) x += shortestSpan + Math.min(90, Math.log10(1 + time - before) * 14);
    // A span ends where its label has room.
    const ends = items
      .filter(({ from, to }) => to === time && from < to)
      .map(({ from, label }) => (positions.get(from) ?? 0) + label.length * letterWidth + 20);
    x = Math.max(x, ...ends);
    positions.set(time, x);
  }
  const at = (time: number): number => positions.get(time) ?? 0;
  return {
    title: `Operation ${operationId}: ${reason}`,
    items: items.map((item) => ({ ...item, from: at(item.from), to: at(item.to) })),
    marks: times.map((time) => ({ x: at(time), label: `+${duration(time)}` })),
  };
}
