import { call } from './control.js';
import { byId, element, pretty } from './dom.js';

/** Entries that are shown, newest first. */
const mostShown = 100;

/** Fetches and shows the latest requests; those that are shown already stay as they are, open or not. */
export async function showJournal() {
  const path = byId('path').value.trim();
  const query = new URLSearchParams({ limit: String(mostShown) });
  if (path !== '') query.set('path', path);
  const { recording, count, requests } = await call('GET', `requests?${query}`);
  byId('recorded').textContent = recording
    ? `${count.toLocaleString('en')} requests kept; the latest ${mostShown} are shown.`
    : 'The journal is switched off.';
  const holder = byId('entries');
  const known = new Map([...holder.children].map((entry) => [entry.id, entry]));
  const wanted = requests.reverse().map((request) => {
    const id = `request-${request.number}-${request.at}`;
    return known.get(id) ?? entryOf(id, request);
  });
  for (const [index, entry] of wanted.entries()) {
    if (holder.children[index] !== entry) holder.insertBefore(entry, holder.children[index] ?? null);
  }
  while (holder.children.length > wanted.length) holder.lastElementChild.remove();
}

function entryOf(id, request) {
  const { number, method, path, query, status, at, durationMs } = request;
  const made = element(
    'details',
    { id },
    element(
      'summary',
      {},
      `${number} ${method} `,
      element('code', {}, query === '' ? path : `${path}?${query}`),
      ' ',
      element(
        'span',
        { class: status === undefined || status >= 400 ? 'wrong' : 'ended' },
        String(status ?? 'cut'),
      ),
      ` ${durationMs.toFixed(1)} ms `,
      element('time', { datetime: at }, at),
    ),
  );
  // What nobody opens is not made.
  made.addEventListener('toggle', () => {
    if (!made.open || made.children.length > 1) return;
    made.append(
      element('h3', {}, 'Request'),
      element('pre', {}, headersOf(Object.entries(request.headers))),
      ...(request.body === '' ? [] : [element('pre', {}, pretty(request.body))]),
      element('h3', {}, 'Answer'),
      element('pre', {}, headersOf(request.answerHeaders)),
      ...(request.answerBody === undefined ? [] : [element('pre', {}, pretty(request.answerBody))]),
    );
  });
  return made;
}

function headersOf(fields) {
  return fields.map(([name, value]) => `${name}: ${value}`).join('\n');
}
