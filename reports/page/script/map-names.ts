import type { PageClause, PageData } from './data.ts';
import { append, byId, h, proseNodes } from './dom.ts';
import { sentence, verdictWords } from './words.ts';

/**
 * Names the cells of the map: whichever the pointer is over or the keyboard is on. A finger cannot hover, so
 * its first touch names the cell, and the second, or the link beside the name, opens it.
 */
export function nameCells({ clauses }: PageData): void {
  const bar = byId('map-name');
  const known = new Map(clauses.map((clause) => [clause.id, clause]));
  let named: string | undefined;
  let touched: string | undefined;
  const clauseOf = (event: Event): PageClause | undefined => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    return known.get(cell?.dataset['cell'] ?? '');
  };
  const show = (clause: PageClause | undefined): void => {
    bar.hidden = clause === undefined;
    named = clause?.id;
    bar.replaceChildren();
    if (clause !== undefined) append(bar, [nameView(clause)]);
  };
  const map = byId('map');
  map.addEventListener('pointerdown', (event) => {
    const id = clauseOf(event)?.id;
    // What was named before this touch may be opened by it.
    touched = event.pointerType === 'touch' && id !== named ? id : undefined;
  });
  map.addEventListener('pointerover', (event) => {
    const clause = clauseOf(event);
    if (clause !== undefined && event.pointerType !== 'touch') show(clause);
  });
  map.addEventListener('focusin', (event) => {
    const clause = clauseOf(event);
    if (clause !== undefined) show(clause);
  });
  map.addEventListener('click', (event) => {
    const clause = clauseOf(event);
    if (clause === undefined || clause.id !== touched) return;
    event.preventDefault();
    touched = undefined;
    show(clause);
  });
  map.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') show(undefined);
  });
  map.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && map.contains(relatedTarget)) && touched === undefined)
      show(undefined);
  });
}

function nameView({ id, level, verdict, duty }: PageClause): HTMLElement {
  const { symbol, word } = verdictWords[verdict];
  return h(
    'p',
    {},
    h(
      'span',
      { class: `badge v-${verdict}` },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, symbol),
      word,
    ),
    ' ',
    h('a', { href: `#${id}` }, h('code', {}, id)),
    ` (${level}) `,
    h('span', { class: 'duty' }, proseNodes(sentence(duty))),
  );
}
