import { call } from './control.js';
import { choose, showDetails, wordOf } from './details.js';
import { byId, element, show } from './dom.js';

/** Operations on a page: however many there are, the browser holds so many. */
const pageSize = 50;
/** The operation below which the page begins; undefined for the newest. */
let before;
let last;

/** Fetches and shows the page of operations, and the one that was chosen. */
export async function showOperations() {
  const state = byId('state').value;
  const query = new URLSearchParams({ order: 'newest', limit: String(pageSize) });
  if (state !== '') query.set('state', state);
  if (before !== undefined) query.set('before', String(before));
  const { count, operations } = await call('GET', `operations?${query}`);
  last = operations.at(-1)?.sequence;
  byId('count').textContent = `${count.toLocaleString('en')} in all`;
  byId('older').disabled = operations.length < pageSize;
  byId('newest').disabled = before === undefined;
  const rows = byId('rows');
  const known = new Map([...rows.children].map((row) => [row.id, row]));
  const wanted = operations.map((operation) => {
    const id = `row-${operation.id}`;
    const row = known.get(id) ?? element('tr', { id });
    show(row, JSON.stringify(operation), () => cells(operation));
    return row;
  });
  for (const [index, row] of wanted.entries()) {
    if (rows.children[index] !== row) rows.insertBefore(row, rows.children[index] ?? null);
  }
  while (rows.children.length > wanted.length) rows.lastElementChild.remove();
  await showDetails();
}

function cells({ id, name, status, attempts, createdOn, errorMessage = '' }) {
  const [word, kind] = wordOf(status);
  return [
    element('td', {}, element('button', { type: 'button', click: () => void choose(id) }, name)),
    element('td', { class: kind }, word),
    element('td', {}, String(attempts)),
    element('td', {}, element('time', { datetime: createdOn }, createdOn)),
    element('td', {}, errorMessage.slice(0, 100)),
  ];
}

/** Lets the buttons around the list do their work. */
export function startOperations(refresh) {
  byId('state').addEventListener('change', () => {
    before = undefined;
    refresh();
  });
  byId('newest').addEventListener('click', () => {
    before = undefined;
    refresh();
  });
  byId('older').addEventListener('click', () => {
    before = last;
    refresh();
  });
}
