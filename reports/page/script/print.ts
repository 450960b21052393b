import { knownChunk, loadChunk } from './chunks.ts';
import { clauseView } from './clause-view.ts';
import type { PageClause, PageData } from './data.ts';
import { append, byId, h } from './dom.ts';
import type { Router } from './router.ts';

const printed = 40;

/** The clauses whose pages are printed behind the list: what is broken or open. */
function worthPrinting({ clauses }: PageData): readonly PageClause[] {
  return clauses
    .filter(({ verdict }) => verdict === 'failed' || verdict === 'warned' || verdict === 'known-deviation')
    .slice(0, printed);
}

/**
 * Makes printing complete: behind the list stand the pages of the broken duties. The browser asks for
 * them without waiting, so their checks are unpacked beforehand, when the page is idle.
 */
export function preparePrinting(data: PageData, router: Router): void {
  const place = byId('print');
  addEventListener('beforeprint', () => {
    place.replaceChildren();
    if (router.current !== undefined) {
      unfold(byId('clause'));
      return;
    }
    for (const clause of worthPrinting(data)) {
      const article = h('article');
      append(article, clauseView(clause, knownChunk(clause.id) ?? [], data));
      unfold(article);
      // An address names one place only; these are copies.
      for (const element of article.querySelectorAll('[id]')) element.removeAttribute('id');
      place.append(article);
    }
  });
  addEventListener('afterprint', () => place.replaceChildren());
}

/** On paper nothing can be folded open. */
function unfold(article: HTMLElement): void {
  for (const details of article.querySelectorAll<HTMLDetailsElement>('details.folded')) details.open = true;
}

/** Unpacks what printing needs. */
export async function loadForPrinting(data: PageData): Promise<void> {
  for (const { id } of worthPrinting(data)) await loadChunk(id);
}
