import { byId, h } from './dom.ts';
import type { Filters } from './filters.ts';
import type { Router } from './router.ts';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Search'],
  ['j  k', 'Next, previous duty'],
  ['Enter', 'Open the duty'],
  ['u  Esc', 'Back to the list'],
  ['f', 'Only what failed'],
  ['g', 'To the beginning'],
  ['?', 'This help'],
];

/** Shows which keys do what. */
export function showHelp(): void {
  const dialog = h(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keys'),
    h(
      'dl',
      {},
      keys.map(([key, meaning]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, meaning)]),
    ),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  // Without submitting: the policy of the page forbids forms to go anywhere.
  dialog.querySelector('button')?.addEventListener('click', (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Listens to the keyboard; keys that are typed into a field or held with a modifier are left alone. */
export function listenToKeys(filters: Filters, router: Router): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null)
      return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.matches('input[type=search], textarea, select')) {
      if (event.key === 'Escape' && target instanceof HTMLElement) target.blur();
      return;
    }
    if (act(event.key, filters, router)) event.preventDefault();
  });
}

function act(key: string, filters: Filters, router: Router): boolean {
  switch (key) {
    case '/':
      goHome(router);
      byId('duties').scrollIntoView();
      filters.focus();
      return true;
    case 'j':
      return step(1, filters, router);
    case 'k':
      return step(-1, filters, router);
    case 'u':
    case 'Escape':
      if (router.current === undefined) return false;
      location.hash = '#duties';
      return true;
    case 'f':
      location.hash = '#duties?verdict=failed';
      return true;
    case 'g':
      location.hash = '#overview';
      scrollTo(0, 0);
      return true;
    case '?':
      showHelp();
      return true;
    default:
      return false;
  }
}

function goHome(router: Router): void {
  if (router.current === undefined) return;
  history.pushState(null, '', '#duties');
  void router.show();
}

/** In the list to the next row; on a clause's page to the next clause of the list as it is filtered. */
function step(by: 1 | -1, { shown }: Filters, { current }: Router): boolean {
  if (current !== undefined) {
    const next = shown[shown.indexOf(current) + by];
    if (next !== undefined) location.hash = `#${next.id}`;
    return true;
  }
  const links = [...document.querySelectorAll<HTMLElement>('#list li[data-id]:not([hidden]) > a')];
  const focused = links.findIndex((link) => link === document.activeElement);
  const next = links[focused === -1 && by === -1 ? links.length - 1 : focused + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return true;
}
