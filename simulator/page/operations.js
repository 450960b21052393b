import { act, call } from './control.js';
import { byId, element, show } from './dom.js';

/** Operations on a page: however many there are, the browser holds so many. */
const pageSize = 50;
const names = {
  0: ['Waiting', ''],
  10: ['Waiting for resources', ''],
  20: ['In progress', 'runs'],
  21: ['Pausing', 'runs'],
  22: ['Canceling', 'runs'],
  30: ['Succeeded', 'ended'],
  31: ['Failed', 'wrong'],
  32: ['Canceled', 'wrong'],
};

/** The operation below which the page begins; undefined for the newest. */
let before;
let last;
let chosen;

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
  if (chosen !== undefined) await showDetails();
}

function cells({ id, name, status, attempts, createdOn, errorMessage = '' }) {
  const [word, kind] = names[status] ?? [String(status), ''];
  const choose = () => {
    chosen = id;
    void showDetails().then(() => byId('details').focus());
  };
  return [
    element('td', {}, element('button', { type: 'button', click: choose }, name)),
    element('td', { class: kind }, word),
    element('td', {}, String(attempts)),
    element('td', {}, element('time', { datetime: createdOn }, createdOn)),
    element('td', {}, errorMessage.slice(0, 100)),
  ];
}

async function showDetails() {
  const holder = byId('details');
  const operation = await call('GET', `operations/${chosen}`).catch(() => undefined);
  if (operation === undefined) chosen = undefined;
  holder.hidden = operation === undefined;
  show(holder, JSON.stringify(operation ?? ''), () => (operation === undefined ? [] : details(operation)));
}

function details(operation) {
  const { id, name, state, status, history, deliveries, turn, inputs, outputs, callbackUrl } = operation;
  const close = () => {
    chosen = undefined;
    byId('details').hidden = true;
    (byId(`row-${id}`)?.querySelector('button') ?? byId('main')).focus();
  };
  const due = [
    ...(turn === undefined ? [] : [`next turn at ${turn}`]),
    ...deliveries.map(({ kind, delivery, at }) => `${kind}, delivery ${delivery}, due at ${at}`),
  ];
  return [
    element('h3', {}, `${name}: ${(names[status] ?? [status])[0]}`),
    element('p', {}, element('code', {}, id)),
    element('h4', {}, 'What happened'),
    element(
      'ol',
      {},
      ...history.map(({ at, what }) => element('li', {}, element('time', { datetime: at }, at), ` ${what}`)),
      ...due.map((what) => element('li', { class: 'hint' }, what)),
    ),
    element('h4', {}, 'Inputs'),
    element('pre', {}, JSON.stringify(inputs, null, 2)),
    ...(outputs === undefined
      ? []
      : [element('h4', {}, 'Outputs'), element('pre', {}, JSON.stringify(outputs, null, 2))]),
    ...(operation.errorMessage === undefined
      ? []
      : [element('p', { class: 'wrong' }, `${operation.errorCode}: ${operation.errorMessage}`)]),
    ...(callbackUrl === undefined ? [] : [element('p', {}, 'Callback: ', element('code', {}, callbackUrl))]),
    element(
      'p',
      { class: 'bar' },
      ...(state === 3 ? [] : hands(id)),
      element('button', { type: 'button', click: close }, 'Close'),
    ),
  ];
}

function hands(id) {
  const button = (text, done, path, body) =>
    element(
      'button',
      { type: 'button', click: () => act(done, () => call('POST', `operations/${id}/${path}`, body)) },
      text,
    );
  return [
    button('Cancel', 'Canceled.', 'cancel'),
    button('Finish', 'Finished without outputs.', 'finish', {}),
    button('Fail attempt', 'The attempt failed.', 'fail', { retry: true }),
    button('Fail', 'Failed.', 'fail', {}),
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
