import { h, s } from './dom.ts';
import { lanes, type Lane } from './moments.ts';
import { letterWidth, type DrawnItem, type Timeline } from './timeline-layout.ts';

const laneHeight = 30;
const left = 108;
/** A longer label is shortened; its whole text comes up over it and is read out. */
const longestLabel = 34;

/** Draws a timeline: a row for each lane that has something, labels beside their moments. */
export function drawTimeline(timeline: Timeline): HTMLElement {
  const rows = rowsOf(timeline);
  const height = rows.reduce((sum, { depth }) => sum + depth * laneHeight, 0) + 26;
  const ends = [
    ...timeline.items.map((item) => left + endOf(item)),
    ...timeline.marks.map(({ x, label }) => left + x + label.length * letterWidth),
  ];
  const width = Math.max(left + 110, ...ends) + 12;
  let y = 0;
  const drawn = rows.map(({ lane, items, depth }) => {
    const top = y;
    y += depth * laneHeight;
    return [
      s('line', { class: 'grid', x1: 0, x2: width, y1: y, y2: y }),
      s('text', { class: 'lane', x: 0, y: top + 19 }, lane),
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
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': timeline.title },
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
  readonly lane: Lane;
  readonly depth: number;
  readonly items: readonly { readonly item: DrawnItem; readonly row: number }[];
}

/** Items of a lane go below each other where their labels would overlap. */
export function rowsOf({ items }: Timeline): Row[] {
  return lanes.flatMap((lane) => {
    const ends: number[] = [];
    const placed = items
      .filter((item) => item.lane === lane)
      .sort((a, b) => a.from - b.from)
      .map((item) => {
        const free = ends.findIndex((end) => end <= item.from);
        const row = free === -1 ? ends.length : free;
        ends[row] = endOf(item);
        return { item, row };
      });
    return placed.length === 0 ? [] : [{ lane, depth: ends.length, items: placed }];
  });
}

/** Where an item ends with its label. */
function endOf({ from, to, label }: DrawnItem): number {
  if (to > from) return to;
  return from + Math.min(label.length, longestLabel) * letterWidth + 22;
}

/** A label in so many letters, with a sign that it goes on. */
function fitted(label: string, letters: number): string {
  if (label.length <= letters) return label;
  return letters < 3 ? '' : `${label.slice(0, letters - 1).toWellFormed()}…`;
}

function drawItem({ lane, label, from, to, contradiction, failed }: DrawnItem, top: number): SVGElement {
  const x = left + from;
  const name = [
    'item',
    `lane-${lane}`,
    ...(contradiction === true ? ['contradiction'] : []),
    ...(failed === true ? ['failing'] : []),
  ].join(' ');
  if (to > from) {
    const width = to - from;
    return s(
      'g',
      { class: name },
      s('title', {}, label),
      s('rect', { x, y: top + 5, width: Math.max(2, width - 2), height: 20, rx: 4 }),
      s('text', { x: x + 7, y: top + 19 }, fitted(label, Math.floor((width - 10) / letterWidth))),
    );
  }
  return s(
    'g',
    { class: name },
    s('title', {}, label),
    failed === true
      ? s('path', { d: `M${x - 4} ${top + 11} l8 8 m0 -8 l-8 8` })
      : s('circle', { cx: x, cy: top + 15, r: 5 }),
    s('text', { x: x + 10, y: top + 19 }, fitted(label, longestLabel)),
  );
}
