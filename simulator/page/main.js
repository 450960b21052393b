import { act, call } from './control.js';
import { byId, element, show, tell } from './dom.js';
import { showJournal } from './journal.js';
import { showOperations, startOperations } from './operations.js';
import { startTheme } from './theme.js';

/** Milliseconds between two looks. */
const everyMs = 1_000;
const views = { operations: showOperations, journal: showJournal, faults: showFaults };

let looking = false;

/** Looks at everything that the page shows now. */
async function refresh() {
  if (looking || document.hidden) return;
  looking = true;
  try {
    await showClock();
    await showOrganizations();
    await views[view()]();
    if (byId('message').textContent.startsWith('No connection')) tell('');
  } catch (error) {
    tell(`No connection to the simulator: ${error.message}`, true);
  } finally {
    looking = false;
  }
}

function view() {
  const asked = location.hash.slice(1);
  return Object.hasOwn(views, asked) ? asked : 'operations';
}

function showView() {
  for (const name of Object.keys(views)) byId(name).hidden = name !== view();
  for (const link of byId('views').children) {
    if (link.hash === `#${view()}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  void refresh();
}

let virtual;

async function showClock() {
  const { now } = await call('GET', 'clock');
  const holder = byId('clock');
  show(holder, String(virtual), () => [
    element('time', { id: 'now' }),
    ...(virtual === true
      ? [
          ['+1 s', 1_000],
          ['+1 min', 60_000],
          ['+1 h', 3_600_000],
        ].map(([text, milliseconds]) =>
          element(
            'button',
            {
              type: 'button',
              click: () =>
                act(`The clock was moved by ${text.slice(1)}.`, async () => {
                  await call('POST', 'clock', { milliseconds });
                  await refresh();
                }),
            },
            text,
          ),
        )
      : []),
  ]);
  byId('now').textContent = now;
}

async function showOrganizations() {
  const { organizations } = await call('GET', 'organizations');
  const here = location.hostname.split('.')[0];
  const own =
    organizations.find(({ name }) => name === here) ??
    organizations.find(({ url }) => url === location.origin) ??
    organizations[0];
  virtual = own.clock === 'virtual';
  document.title = `${own.name} – Simulator`;
  const key = organizations.map(({ name, url }) => `${name} ${url}`).join();
  show(byId('organizations'), key, () =>
    organizations.map((each, index) =>
      element(
        'a',
        { href: addressOf(each, index), 'aria-current': each === own ? 'page' : undefined },
        each.name,
      ),
    ),
  );
}

function addressOf({ name, url }, index) {
  if (url !== undefined) return `${url}/simulator/`;
  const { protocol, port, hostname } = location;
  const first = hostname.endsWith('.localhost') ? 'localhost' : hostname;
  const at = port === '' ? '' : `:${port}`;
  return `${protocol}//${index === 0 ? first : `${name}.localhost`}${at}/simulator/`;
}

async function showFaults() {
  const { faults } = await call('GET', 'faults');
  show(byId('set'), JSON.stringify(faults), () =>
    faults.map(({ id, met, ...rule }) => {
      const take = () =>
        act('The fault was taken back.', async () => {
          await call('DELETE', `faults/${id}`);
          await refresh();
        });
      return element(
        'li',
        {},
        element('code', {}, JSON.stringify(rule)),
        ` met ${met} `,
        element('button', { type: 'button', click: take, 'aria-label': `Remove fault ${id}` }, 'Remove'),
      );
    }),
  );
}

byId('fault').addEventListener('submit', (event) => {
  event.preventDefault();
  const { path, what, times } = Object.fromEntries(new FormData(event.target));
  const spoils = { cut: { cut: true }, lost: { cut: true, when: 'after' } };
  const rule = { match: { path }, times: Number(times), ...(spoils[what] ?? { status: Number(what) }) };
  void act('The fault was added.', async () => {
    await call('POST', 'faults', rule);
    await refresh();
  });
});

byId('reset').addEventListener('click', () => {
  if (!confirm('Everything that this organization holds will be gone. Reset it?')) return;
  void act('Reset.', async () => {
    await call('POST', 'reset', {});
    await refresh();
  });
});

startTheme(byId('theme'));
startOperations(() => void refresh());
addEventListener('hashchange', showView);
document.addEventListener('visibilitychange', () => void refresh());
byId('path').addEventListener('change', () => void refresh());
setInterval(() => void refresh(), everyMs);
showView();
