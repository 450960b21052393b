import { loadChunkNow } from './chunks.ts';
import { clauseView } from './clause-view.ts';
import type { PageClause, PageData } from './data.ts';
import { append, byId, h } from './dom.ts';
import type { Router } from './router.ts';

const printed = 40;

/** The clauses whose pages are printed behind the list: what is broken or open. */
function worthPrinting({ clauses }: PageData): readonly PageClause[] {
  return clauses.filter(
    ({ verdict }) => verdict === 'failed' || verdict === 'warned' || verdict === 'known-deviation',
  );
}

/**
 * Makes printing complete, however early it starts: behind the list stand the pages of the broken requirements.
 * Browsers do not wait for anything when they print, so the pages are made at once when they ask.
 */
export function preparePrinting(data: PageData, router: Router): void {
  const place = byId('print');
  const prepare = (): void => {
    if (place.childElementCount > 0) return;
    if (router.current !== undefined) {
      const article = byId('clause');
      // The page may still wait for its checks to be unpacked.
      if (article.childElementCount === 0)
        append(article, clauseView(router.current, loadChunkNow(router.current.id), data));
      byId('home').hidden = true;
      article.hidden = false;
      unfold(article);
      return;
    }
    const all = worthPrinting(data);
    for (const clause of all.slice(0, printed)) {
      const article = h('article');
      append(article, clauseView(clause, loadChunkNow(clause.id), data));
      unfold(article);
      // An address names one place only; these are copies.
      for (const element of article.querySelectorAll('[id]')) element.removeAttribute('id');
      place.append(article);
    }
    if (all.length > printed)
      place.append(
        h('p', { class: 'rest' }, `${all.length - printed} more broken requirements are not printed here.`),
      );
  };
  addEventListener('beforeprint', prepare);
  addEventListener('afterprint', () => place.replaceChildren());
  // Some browsers only change the medium.
  matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) prepare();
    else place.replaceChildren();
  });
}

/** On paper nothing can be opened: what is folded is, and the checks that did not pass are. */
function unfold(article: HTMLElement): void {
  for (const details of article.querySelectorAll<HTMLDetailsElement>('details.folded')) details.open = true;
  for (const details of article.querySelectorAll<HTMLDetailsElement>('details.check.not-passed')) {
    details.dispatchEvent(new Event('fill'));
    details.open = true;
  }
}
