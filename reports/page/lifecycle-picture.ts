import { statusLabels } from '../../contract/vocabulary.ts';
import { html, type Html } from '../html.ts';
import { isAllowedTransition } from '../../contract/lifecycle.ts';
import type { Seen, SeenTransition } from '../../record/seen.ts';
import { tall, wide, type Edge, type Shape } from './lifecycle-shapes.ts';
import { count } from './script/words.ts';

/** The transitions with which an attempt fails. */
const failing = new Set(['2,20>0,0', '2,20>3,31', '2,22>3,31']);
/** The most letters of a label in one line of a box. */
const lineLetters = { wide: 22, tall: 11 } as const;

/** The lifecycle with the transitions that the run saw between two reads that follow each other. */
export function lifecyclePicture(seen: Seen | undefined): Html {
  if (seen === undefined) return html``;
  const counts = new Map(seen.transitions.map(({ from, to, count: number }) => [`${from}>${to}`, number]));
  const drawn = new Set(wide.edges.map(({ from, to }) => `${from}>${to}`));
  const rest = seen.transitions.filter(({ from, to }) => !drawn.has(`${from}>${to}`));
  const jumps = rest.filter(({ from, to }) => isAllowedTransition(from, to));
  const forbidden = rest.filter(({ from, to }) => !isAllowedTransition(from, to));
  return html`<figure class="lifecycle-figure">
    <figcaption>
      <h3>The lifecycle as this run saw it</h3>
      <p class="hint">
        ${count(seen.operations, 'operation')}. A solid line was seen between two reads that follow each
        other, with how often; a dashed one was not. Red: an attempt failed. Reads that were under way at the
        same time have no order and are not counted.
      </p>
    </figcaption>
    ${[wide, tall].map((shape) => drawing(shape, seen, counts))}
    ${jumps.length > 0 && html`<p class="hint">Intermediate states not observed: ${listed(jumps)}.</p>`}
    ${
      forbidden.length > 0 &&
      html`<p class="alarm">
        Seen, though the lifecycle does not allow it: ${listed(forbidden)}. See
        <a href="#duties?section=state">the requirements of state and status</a>.
      </p>`
    }
  </figure>`;
}

function listed(transitions: readonly SeenTransition[]): Html {
  return html`${transitions.map(
    ({ from, to, count: number }, index) =>
      html`${index > 0 && ', '}${label(from)} → ${label(to)} (${number}×)`,
  )}`;
}

function drawing(shape: Shape, seen: Seen, counts: ReadonlyMap<string, number>): Html {
  const states = new Map(seen.states.map(({ codes, count: number }) => [codes, number]));
  return html`<svg
    viewBox="0 0 ${shape.width} ${shape.height}"
    role="img"
    aria-label="${spoken(seen)}"
    class="lifecycle ${shape.name}"
  >
    <defs>
      ${['head', 'head failing'].map((name) => arrow(`${shape.name}-${name.replace(' ', '-')}`, name))}
    </defs>
    ${shape.edges.map((edge) => drawEdge(edge, counts.get(`${edge.from}>${edge.to}`) ?? 0, shape))}
    ${Object.keys(shape.places).map((codes) => drawState(codes, states.get(codes) ?? 0, shape))}
  </svg>`;
}

function arrow(id: string, name: string): Html {
  return html`<marker
    id="${id}"
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="7"
    markerHeight="7"
    orient="auto"
    ><path d="M0 0 L8 4 L0 8 z" class="${name}"
  /></marker>`;
}

function drawEdge({ from, to, path, label: [x, y] }: Edge, number: number, shape: Shape): Html {
  const fails = failing.has(`${from}>${to}`) && number > 0;
  return html`<path
      class="edge ${number === 0 && 'unseen'}${fails && 'failing'}"
      d="${path}"
      marker-end="url(#${shape.name}-head${fails && '-failing'})"
    />${number > 0 && html`<text class="times" x="${x}" y="${y}" text-anchor="middle">${number}×</text>`}`;
}

function drawState(codes: string, number: number, { box, places, name }: Shape): Html {
  const { x, y } = places[codes] ?? { x: 0, y: 0 };
  const lines = wrapped(label(codes), lineLetters[name]);
  const first = y - lines.length * 8 + 5;
  return html`<g class="state ${number === 0 && 'unseen'}${number > 0 && codes === '3,31' && 'failing'}"
    ><rect
      x="${x - box.width / 2}"
      y="${y - box.height / 2}"
      width="${box.width}"
      height="${box.height}"
      rx="8"
    />${lines.map(
      (line, index) =>
        html`<text class="name" x="${x}" y="${first + index * 15}" text-anchor="middle">${line}</text>`,
    )}<text class="codes" x="${x}" y="${first + lines.length * 15 + 2}" text-anchor="middle"
      >(${codes})</text
    ></g
  >`;
}

/** A text in lines of at most so many letters, broken between words. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function label(codes: string): string {
  const status = Number(codes.split(',')[1]);
  return Object.entries(statusLabels).find(([code]) => Number(code) === status)?.[1] ?? `(${codes})`;
}

function spoken({ transitions }: Seen): string {
  if (transitions.length === 0) return 'The lifecycle; no transition was seen.';
  const seen = transitions.map(
    ({ from, to, count: number }) => `${label(from)} to ${label(to)} ${number} times`,
  );
  return `Transitions seen: ${seen.join('; ')}.`;
}
