import { loadChunk } from './chunks.ts';
import { clauseView } from './clause-view.ts';
import type { PageClause, PageData } from './data.ts';
import { announce, append, byId } from './dom.ts';
import type { Filters } from './filters.ts';
import { verdictWords } from './words.ts';

/** Shows what the address names: a part of the first page, a filtered list, a clause, one of its checks. */
export class Router {
  readonly #data: PageData;
  readonly #filters: Filters;
  readonly #home = byId('home');
  readonly #article = byId('clause');
  readonly #title = document.title;
  #current: PageClause | undefined;
  /** Where the list was left, to come back to. */
  #left = 0;

  constructor(data: PageData, filters: Filters) {
    this.#data = data;
    this.#filters = filters;
    addEventListener('hashchange', () => void this.show());
  }

  /** The clause whose page is open. */
  get current(): PageClause | undefined {
    return this.#current;
  }

  /** Shows what the address names now. */
  async show(): Promise<void> {
    const name = decodeURIComponent(location.hash.slice(1));
    const [id = '', check] = name.split('/', 2);
    const clause = this.#data.clauses.find((one) => one.id === id);
    if (clause === undefined) this.#showHome(name);
    else await this.#showClause(clause, check === undefined ? undefined : name);
  }

  #showHome(name: string): void {
    const from = this.#current;
    this.#current = undefined;
    this.#article.hidden = true;
    this.#article.replaceChildren();
    this.#home.hidden = false;
    document.title = this.#title;
    const [part = '', query] = name.split('?', 2);
    if (query !== undefined) this.#filters.set(new URLSearchParams(query));
    if (from !== undefined && part === 'duties' && query === undefined) this.#comeBack(from);
    else if (part !== '') showPart(part);
  }

  #comeBack(from: PageClause): void {
    scrollTo(0, this.#left);
    document
      .querySelector<HTMLElement>(`#list li[data-id="${from.id}"] > a`)
      ?.focus({ preventScroll: this.#left > 0 });
  }

  async #showClause(clause: PageClause, check: string | undefined): Promise<void> {
    if (this.#current === undefined) this.#left = scrollY;
    if (this.#current !== clause) {
      this.#current = clause;
      const checks = await loadChunk(clause.id);
      // The reader may have gone on while the checks were unpacked.
      if (this.#current !== clause) return;
      this.#article.replaceChildren();
      append(this.#article, clauseView(clause, checks, this.#data));
      this.#home.hidden = true;
      this.#article.hidden = false;
      document.title = `${verdictWords[clause.verdict].symbol} ${clause.id} · ${this.#title}`;
      scrollTo(0, 0);
      if (check === undefined) byId('clause-title').focus({ preventScroll: true });
      announce(`${clause.id}: ${verdictWords[clause.verdict].word}`);
    }
    if (check !== undefined) this.#showCheck(check);
  }

  #showCheck(id: string): void {
    if (document.getElementById(id) === null) {
      this.#article.querySelector('.checks')?.dispatchEvent(new Event('show-all'));
    }
    const details = document.getElementById(id);
    if (!(details instanceof HTMLDetailsElement)) return;
    details.open = true;
    details.scrollIntoView();
    details.querySelector('summary')?.focus({ preventScroll: true });
  }
}

/** A part of the first page; one that is folded is opened. */
function showPart(id: string): void {
  const part = document.getElementById(id);
  if (part instanceof HTMLDetailsElement) part.open = true;
  part?.scrollIntoView();
}
