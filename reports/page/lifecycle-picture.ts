import { statusLabels } from '../../contract/vocabulary.ts';
import { html, type Html } from '../html.ts';
import type { Seen } from '../seen-types.ts';
import { count } from './script/words.ts';

const width = 156;
const height = 48;

/** Where each pair of codes stands in the picture: its middle. */
const places: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  '0,0': { x: 84, y: 96 },
  '2,20': { x: 336, y: 96 },
  '2,22': { x: 336, y: 246 },
  '3,30': { x: 596, y: 40 },
  '3,31': { x: 596, y: 146 },
  '3,32': { x: 596, y: 252 },
};

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Path from border to border. */
  readonly path: string;
  readonly label: readonly [x: number, y: number];
}

/** The ways that an operation can go, each drawn so that none crosses a box. */
const edges: readonly Edge[] = [
  { from: '0,0', to: '2,20', path: 'M162 86 L252 86', label: [207, 79] },
  { from: '2,20', to: '0,0', path: 'M258 108 L168 108', label: [212, 126] },
  { from: '0,0', to: '2,22', path: 'M104 120 Q140 236 252 244', label: [140, 208] },
  { from: '2,20', to: '2,22', path: 'M336 120 L336 216', label: [354, 172] },
  { from: '2,20', to: '3,30', path: 'M414 84 L512 48', label: [456, 56] },
  { from: '2,20', to: '3,31', path: 'M414 106 L512 138', label: [456, 112] },
  { from: '2,22', to: '3,30', path: 'M380 222 Q500 150 552 70', label: [492, 158] },
  { from: '2,22', to: '3,31', path: 'M414 232 Q500 212 552 176', label: [506, 216] },
  { from: '2,22', to: '3,32', path: 'M414 250 L512 252', label: [462, 268] },
];

/** The lifecycle with the transitions that the run saw between two observations. */
export function lifecycle(seen: Seen | undefined): Html {
  if (seen === undefined) return html``;
  const counts = new Map(seen.transitions.map(({ from, to, count: number }) => [`${from}>${to}`, number]));
  const states = new Map(seen.states.map(({ codes, count: number }) => [codes, number]));
  const drawn = new Set(edges.map(({ from, to }) => `${from}>${to}`));
  const rest = seen.transitions.filter(({ from, to }) => !drawn.has(`${from}>${to}`));
  const backwards = rest.filter(({ from, to }) => from.startsWith('3,') || !(to in places));
  const jumps = rest.filter((one) => !backwards.includes(one));
  return html`<figure>
    <figcaption>
      <h3>The lifecycle as this run saw it</h3>
      <p class="hint">
        ${count(seen.operations, 'operation')}. A solid line was seen between two observations that follow
        each other, with how often; a dashed one was not.
      </p>
    </figcaption>
    <svg viewBox="0 0 680 296" role="img" aria-label="${spoken(counts)}" class="lifecycle">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" class="head" />
        </marker>
      </defs>
      ${edges.map((edge) => drawEdge(edge, counts.get(`${edge.from}>${edge.to}`) ?? 0))}
      ${Object.keys(places).map((codes) => drawState(codes, states.get(codes) ?? 0))}
    </svg>
    ${
      jumps.length > 0 &&
      html`<p class="hint">
        With states between that nobody looked at:
        ${jumps.map(({ from, to, count: number }, index) => html`${index > 0 && ', '}${label(from)} → ${label(to)} (${number})`)}.
      </p>`
    }
    ${
      backwards.length > 0 &&
      html`<p class="alarm">
        Seen, though no lifecycle allows it:
        ${backwards.map(({ from, to, count: number }, index) => html`${index > 0 && ', '}${label(from)} → ${label(to)} (${number})`)}.
      </p>`
    }
  </figure>`;
}

function drawEdge({ path, label: [x, y] }: Edge, number: number): Html {
  return html`<path class="edge ${number === 0 && 'unseen'}" d="${path}" marker-end="url(#arrow)" />${
      number > 0 && html`<text class="times" x="${x}" y="${y}" text-anchor="middle">${number}×</text>`
    }`;
}

function drawState(codes: string, number: number): Html {
  const { x, y } = places[codes] ?? { x: 0, y: 0 };
  return html`<g class="state ${number === 0 && 'unseen'}"
    ><rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="8" /><text
      x="${x}"
      y="${y - 3}"
      text-anchor="middle"
      >${label(codes)}</text
    ><text class="codes" x="${x}" y="${y + 15}" text-anchor="middle">(${codes})</text></g
  >`;
}

function label(codes: string): string {
  const status = Number(codes.split(',')[1]);
  return Object.entries(statusLabels).find(([code]) => Number(code) === status)?.[1] ?? `(${codes})`;
}

function spoken(counts: ReadonlyMap<string, number>): string {
  const seen = [...counts].map(([key, number]) => {
    const [from = '', to = ''] = key.split('>');
    return `${label(from)} to ${label(to)} ${number} times`;
  });
  return seen.length === 0
    ? 'The lifecycle; no transition was seen.'
    : `Transitions seen: ${seen.join('; ')}.`;
}
