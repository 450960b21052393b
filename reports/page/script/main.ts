import { readData } from './chunks.ts';
import { copyFrom } from './copy.ts';
import { Filters } from './filters.ts';
import { listenToKeys, showHelp } from './keys.ts';
import { nameCells } from './map-names.ts';
import { preparePrinting } from './print.ts';
import { Router } from './router.ts';
import { nextTheme, restoreTheme } from './theme.ts';

restoreTheme();
const data = readData();
const filters = new Filters(data);
const router = new Router(data, filters);
filters.apply();
void router.show();
listenToKeys(filters, router);
preparePrinting(data, router);
nameCells(data);

const actions: Readonly<Record<string, () => void>> = {
  theme: nextTheme,
  help: showHelp,
  reset: () => filters.reset(),
  print: () => print(),
};

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  actions[button.dataset['action'] ?? '']?.();
  if (button.dataset['copy'] !== undefined)
    void copyFrom(button, button.previousElementSibling?.textContent ?? '');
});
