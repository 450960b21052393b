import { html, type Html } from '../html.ts';
import type { ClauseResult, Result } from '../../record/result.ts';
import { sectionTitles } from '../section-titles.ts';
import { verdicts } from '../summarise.ts';
import { levelWords, verdictWords } from './script/words.ts';

/** The clauses by section, in the order of the result. */
export function bySection(result: Result): { id: string; title: string; clauses: readonly ClauseResult[] }[] {
  const titleOf = sectionTitles([result.catalogue]);
  return [...Map.groupBy(result.clauses, ({ section }) => section)].map(([id, clauses]) => ({
    id,
    title: titleOf(id),
    clauses,
  }));
}

/** The map of the contract: a row for each section, a cell for each clause, readable without colour. */
export function map(result: Result): Html {
  return html`<section id="map" aria-labelledby="map-title">
    <h2 id="map-title">Map of the contract</h2>
    <p class="hint">
      One cell for each requirement; the letter is its level:
      ${Object.entries(levelWords).map(
        ([level, { letter }], index) => html`${index > 0 && ', '}<b>${letter}</b> ${level}`,
      )}.
      Select a cell to read the requirement and see its checks.
    </p>
    <ul class="legend">
      ${verdicts.map(
        (verdict) =>
          html`<li>
            <span class="cell v-${verdict}" aria-hidden="true">${verdictWords[verdict].symbol}</span>${
              verdictWords[verdict].word
            }
          </li>`,
      )}
    </ul>
    <dl class="map">
      ${bySection(result).map(({ id, title, clauses }) => {
        const held = clauses.filter(({ verdict }) => verdict === 'passed' || verdict === 'observed').length;
        return html`<div>
          <dt>
            <a href="#duties?section=${id}">${title}</a>
            <span class="hint">${held} of ${clauses.length} passed or observed</span>
          </dt>
          <dd>
            <ul class="cells">
              ${clauses.map((clause) => html`<li>${cell(clause)}</li>`)}
            </ul>
          </dd>
        </div>`;
      })}
    </dl>
    <div id="map-name" class="map-name" hidden></div>
  </section>`;
}

function cell({ id, verdict, level }: ClauseResult): Html {
  const { symbol, word } = verdictWords[verdict];
  return html`<a class="cell v-${verdict}" href="#${id}" data-cell="${id}"
    ><span class="sr">${id}, ${level}, ${word}</span
    ><span aria-hidden="true">${symbol}<small>${levelWords[level].letter}</small></span></a
  >`;
}
