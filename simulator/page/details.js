import { act, call } from './control.js';
import { byId, element, show } from './dom.js';

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

/** A status in words, and how it looks. */
export const wordOf = (status) => names[status] ?? [String(status), ''];

/** The operation that is shown as a whole. */
let chosen;

/** Shows an operation as a whole. */
export async function choose(id) {
  chosen = id;
  await showDetails();
  byId('details').focus();
}

/** Fetches and shows the operation that was chosen, if there is one. */
export async function showDetails() {
  if (chosen === undefined) return;
  const holder = byId('details');
  const operation = await call('GET', `operations/${chosen}`).catch(() => undefined);
  if (operation === undefined) {
    chosen = undefined;
    holder.hidden = true;
    return;
  }
  holder.hidden = false;
  // What is being written into the forms stays while the rest changes.
  show(holder, `${operation.id} ${operation.state === 3}`, () => [
    element('div', { id: 'shown' }),
    ...(operation.state === 3 ? [] : hands(operation.id)),
    element('p', {}, element('button', { type: 'button', click: () => close(operation.id) }, 'Close')),
  ]);
  show(byId('shown'), JSON.stringify(operation), () => details(operation));
}

function close(id) {
  chosen = undefined;
  byId('details').hidden = true;
  (byId(`row-${id}`)?.querySelector('button') ?? byId('main')).focus();
}

function details(operation) {
  const { id, name, status, history, deliveries, turn, inputs, outputs, callbackUrl, errorMessage } =
    operation;
  const due = [
    ...(turn === undefined ? [] : [`next turn at ${turn}`]),
    ...deliveries.map(({ kind, delivery, at }) => `${kind}, delivery ${delivery}, due at ${at}`),
  ];
  return [
    element('h3', {}, `${name}: ${wordOf(status)[0]}`),
    element('p', {}, element('code', {}, id)),
    ...(errorMessage === undefined
      ? []
      : [
          element('h4', {}, 'Error'),
          element('pre', { class: 'wrong' }, `${operation.errorCode}: ${errorMessage}`),
        ]),
    element('h4', {}, 'What happened'),
    element(
      'ol',
      {},
      ...history.map(({ at, what }) =>
        element(
          'li',
          { class: / failed| not answered| answered [345]/.test(what) ? 'wrong' : undefined },
          element('time', { datetime: at }, at),
          ` ${what}`,
        ),
      ),
      ...due.map((what) => element('li', { class: 'hint' }, what)),
    ),
    element('h4', {}, 'Inputs'),
    element('pre', {}, JSON.stringify(inputs, null, 2)),
    ...(outputs === undefined
      ? []
      : [element('h4', {}, 'Outputs'), element('pre', {}, JSON.stringify(outputs, null, 2))]),
    ...(callbackUrl === undefined ? [] : [element('p', {}, 'Callback: ', element('code', {}, callbackUrl))]),
  ];
}

/** What can be done with an operation that has not ended. */
function hands(id) {
  const send = (done, path, body) =>
    act(done, async () => {
      await call('POST', `operations/${id}/${path}`, body);
      await showDetails();
    });
  const outputs = element('textarea', { rows: '3', spellcheck: 'false' });
  outputs.value = '{}';
  const message = element('input', { value: '' });
  const code = element('input', { type: 'number', value: '0', min: '-2147483648', max: '2147483647' });
  const failure = (retry) => ({
    code: Number(code.value),
    retry,
    ...(message.value === '' ? {} : { message: message.value }),
  });
  const button = (text, click, type = 'button') => element('button', { type, click }, text);
  return [
    element(
      'p',
      {},
      button('Cancel', () => send('Canceled.', 'cancel')),
    ),
    element(
      'form',
      {
        submit: (event) => {
          event.preventDefault();
          // As it was written, with all digits of its numbers.
          void send('Finished.', 'finish', outputs.value.trim() === '' ? '{}' : outputs.value);
        },
      },
      element('label', {}, 'Outputs, as a JSON object', outputs),
      element('p', {}, element('button', { type: 'submit' }, 'Finish')),
    ),
    element(
      'div',
      { class: 'bar' },
      element('label', {}, 'Error message ', message),
      element('label', {}, 'Code ', code),
      button('Fail attempt', () => send('The attempt failed.', 'fail', failure(true))),
      button('Fail', () => send('Failed.', 'fail', failure(false))),
    ),
  ];
}
