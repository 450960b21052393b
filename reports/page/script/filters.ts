import type { PageClause, PageData } from './data.ts';
import { byId } from './dom.ts';
import { count } from './words.ts';

/** What the list is narrowed to; an empty set or text narrows nothing. */
export interface Filter {
  readonly verdicts: ReadonlySet<string>;
  readonly levels: ReadonlySet<string>;
  readonly section: string;
  readonly text: string;
}

/** Whether a clause passes a filter; the text's words must all be found, in any order. */
function matches(clause: PageClause, { verdicts, levels, section, text }: Filter): boolean {
  if (verdicts.size > 0 && !verdicts.has(clause.verdict)) return false;
  if (levels.size > 0 && !levels.has(clause.level)) return false;
  if (section !== '' && clause.section !== section) return false;
  if (text.trim() === '') return true;
  const searched = `${clause.id} ${clause.duty} ${clause.reason ?? ''} ${clause.why ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

/** The filter form and the list that it narrows. */
export class Filters {
  readonly #data: PageData;
  readonly #form = byId('filters') as HTMLFormElement;
  readonly #search = byId('search') as HTMLInputElement;
  readonly #section = byId('section') as HTMLSelectElement;
  readonly #rows: ReadonlyMap<string, HTMLElement>;
  #shown: readonly PageClause[];

  constructor(data: PageData) {
    this.#data = data;
    this.#shown = data.clauses;
    this.#rows = new Map(
      [...document.querySelectorAll<HTMLElement>('#list li[data-id]')].map((row) => [
        row.dataset['id'] ?? '',
        row,
      ]),
    );
    this.#form.addEventListener('input', () => this.apply());
    this.#form.addEventListener('submit', (event) => event.preventDefault());
  }

  /** The clauses that are shown, in order. */
  get shown(): readonly PageClause[] {
    return this.#shown;
  }

  /** Puts the cursor into the search. */
  focus(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** Shows everything again. */
  reset(): void {
    this.#form.reset();
    this.apply();
  }

  /** Takes over a filter from the address, e.g. `verdict=failed&section=cancel`. */
  set(parameters: URLSearchParams): void {
    this.#form.reset();
    for (const box of this.#boxes()) box.checked = parameters.getAll(box.name).includes(box.value);
    this.#section.value = parameters.get('section') ?? '';
    this.#search.value = parameters.get('text') ?? '';
    this.apply();
  }

  /** Narrows the list to what the form says. */
  apply(): void {
    const filter = this.#filter();
    this.#shown = this.#data.clauses.filter((clause) => matches(clause, filter));
    const ids = new Set(this.#shown.map(({ id }) => id));
    for (const [id, row] of this.#rows) row.hidden = !ids.has(id);
    for (const group of document.querySelectorAll<HTMLElement>('#list .group')) {
      group.hidden = group.querySelector('li[data-id]:not([hidden])') === null;
    }
    const all = this.#data.clauses.length;
    byId('shown').textContent =
      ids.size === all ? count(all, 'requirement') : `${ids.size} of ${count(all, 'requirement')}`;
    byId('nothing').hidden = ids.size > 0;
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  }

  #filter(): Filter {
    const chosen = (name: string): Set<string> =>
      new Set(
        this.#boxes()
          .filter((box) => box.name === name && box.checked)
          .map(({ value }) => value),
      );
    return {
      verdicts: chosen('verdict'),
      levels: chosen('level'),
      section: this.#section.value,
      text: this.#search.value,
    };
  }
}
