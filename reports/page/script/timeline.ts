import type { TimelineItem } from '../../../harness/evidence.ts';
import { h, s } from './dom.ts';
import { lanes, type Timeline } from './timeline-layout.ts';

const laneHeight = 34;
const left = 108;
const characterWidth = 6.4;

/** Draws a timeline: a row for each lane that has something, labels beside their moments. */
export function drawTimeline(timeline: Timeline): HTMLElement {
  const rows = rowsOf(timeline);
  const height = rows.reduce((sum, { depth }) => sum + depth * laneHeight, 0) + 26;
  const width = left + timeline.width + 40;
  let y = 0;
  const drawn = rows.map(({ lane, items, depth }) => {
    const top = y;
    y += depth * laneHeight;
    return [
      s('line', { class: 'grid', x1: 0, x2: width, y1: y, y2: y }),
      s('text', { class: 'lane', x: 0, y: top + 21 }, lane),
      items.map(({ item, row }) => drawItem(item, top + row * laneHeight)),
    ];
  });
  const axis = timeline.marks.map(({ x, label }) => [
    s('line', { class: 'grid', x1: left + x, x2: left + x, y1: 0, y2: height - 22 }),
    s('text', { class: 'codes', x: left + x, y: height - 6 }, label),
  ]);
  const spoken = `${timeline.title}. ${rows.map(({ lane, items }) => `${lane}: ${items.map(({ item }) => item.label).join(', ')}`).join('. ')}`;
  return h(
    'figure',
    { class: 'timeline' },
    h('figcaption', {}, timeline.title),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Timeline' },
      s(
        'svg',
        { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': spoken },
        axis,
        drawn,
      ),
    ),
  );
}

interface Row {
  readonly lane: string;
  readonly depth: number;
  readonly items: readonly { readonly item: TimelineItem; readonly row: number }[];
}

/** Items of a lane go below each other where their labels would overlap. */
function rowsOf({ items }: Timeline): Row[] {
  return lanes.flatMap((lane) => {
    const ends: number[] = [];
    const placed = items
      .filter((item) => item.lane === lane)
      .map((item) => {
        const free = ends.findIndex((end) => end <= item.from);
        const row = free === -1 ? ends.length : free;
        ends[row] = Math.max(
          item.to,
          item.from + (lane === 'state' ? 0 : item.label.length * characterWidth + 24),
        );
        return { item, row };
      });
    return placed.length === 0 ? [] : [{ lane, depth: ends.length, items: placed }];
  });
}

function drawItem({ lane, label, from, to, contradiction }: TimelineItem, top: number): SVGElement {
  const x = left + from;
  const name = `item lane-${lane}${contradiction === true ? ' contradiction' : ''}`;
  if (to > from) {
    const width = to - from;
    const fits = Math.floor((width - 10) / characterWidth);
    const shown = label.length <= fits ? label : `${label.slice(0, Math.max(0, fits - 1))}…`;
    return s(
      'g',
      { class: name },
      s('title', {}, label),
      s('rect', { x, y: top + 7, width: Math.max(2, width - 2), height: 20, rx: 4 }),
      s('text', { x: x + 7, y: top + 21 }, shown),
    );
  }
  return s(
    'g',
    { class: name },
    s('title', {}, label),
    s('circle', { cx: x, cy: top + 17, r: 5 }),
    s('text', { x: x + 10, y: top + 21 }, label),
  );
}
