import { byId, h } from './dom.ts';
import type { Filters } from './filters.ts';
import type { Router } from './router.ts';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Search'],
  ['j  k', 'Next, previous requirement'],
  ['Enter', 'Open the requirement'],
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

/**
 * Among the requirements to look at first and the list to the next one, from where the reader is; on a clause's page to the next clause of the
 * list as it is filtered.
 */
function step(by: 1 | -1, { shown }: Filters, { current }: Router): boolean {
  if (current !== undefined) {
    const next = shown[shown.indexOf(current) + by];
    if (next !== undefined) location.hash = `#${next.id}`;
    return true;
  }
  const links = [
    ...document.querySelectorAll<HTMLElement>('.first li > a, #list li[data-id]:not([hidden]) > a'),
  ];
  const focused = links.findIndex((link) => link === document.activeElement);
  const next = focused === -1 ? nearest(links, by) : links[focused + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** The first link below the upper edge of the window (behind the page's header), or the last one above it. */
function nearest(links: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  const header = document.querySelector('body > header')?.getBoundingClientRect().bottom ?? 0;
  const below = (link: HTMLElement): boolean => link.getBoundingClientRect().top >= Math.max(0, header);
  return by === 1 ? links.find(below) : links.findLast((link) => !below(link));
}
