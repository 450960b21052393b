import type { IllegalHistory, TimelineItem } from '../record/evidence.ts';
import { describeHappening } from './describe.ts';
import type { Happening } from './happening.ts';
import type { Instance } from './rule.ts';
import type { TrafficOperation } from './traffic.ts';

/** Moments that a timeline has at most: those of the breach, and the nearest to them. */
const mostItems = 40;

const lanes: Readonly<Record<Happening['kind'], TimelineItem['lane']>> = {
  submission: 'requests',
  read: 'state',
  cancellation: 'cancellations',
  callback: 'deliveries',
  event: 'deliveries',
  other: 'requests',
  page: 'requests',
  batch: 'requests',
};

/** The life of an operation as the record has it, for the timeline of a report; what shows the breach is marked. */
export function drawnHistory(
  { id, happenings }: TrafficOperation,
  { breach = '', exchanges }: Instance,
): IllegalHistory {
  const shows = new Set(exchanges);
  const places = happenings.flatMap(({ exchange }, index) => (shows.has(exchange) ? [index] : []));
  const drawn = new Set(
    happenings
      .map((_one, index) => index)
      .sort((one, other) => distance(one, places) - distance(other, places) || one - other)
      .slice(0, mostItems),
  );
  const begun = happenings[0]?.exchange.from ?? 0;
  const items = happenings
    .filter((_one, index) => drawn.has(index))
    .map((one) => {
      const at = one.exchange.from - begun;
      const marked = shows.has(one.exchange) ? { contradiction: true } : {};
      return { lane: lanes[one.kind], label: describeHappening(one), from: at, to: at, ...marked };
    });
  return { kind: 'history', operationId: id, reason: breach, items };
}

/** How far a happening is from the nearest that shows the breach; the first of all is always near. */
function distance(index: number, places: readonly number[]): number {
  return index === 0
    ? 0
    : Math.min(...places.map((place) => Math.abs(place - index)), Number.MAX_SAFE_INTEGER);
}
