import { html, prose, type Html } from '../html.ts';
import type { ClauseResult, Result } from '../../record/result.ts';
import { verdicts } from '../summarise.ts';
import { bySection } from './map.ts';
import { clip } from './overview.ts';
import { shortReason } from './script/short-reason.ts';
import { count, levelWords, sentence, verdictWords } from './script/words.ts';

/** The list of requirements with its filters; the page's script shows and hides its rows. */
export function duties(result: Result): Html {
  return html`<section id="duties" aria-labelledby="duties-title">
    <h2 id="duties-title">Requirements</h2>
    ${filters(result)}
    <p id="shown" class="hint" role="status">${count(result.clauses.length, 'requirement')}</p>
    <div id="list">
      ${bySection(result).map(
        ({ id, title, clauses }) =>
          html`<div class="group" data-section="${id}">
            <h3>${title}</h3>
            <ul class="rows">
              ${clauses.map(row)}
            </ul>
          </div>`,
      )}
    </div>
    <p id="nothing" hidden>
      No requirement matches. <button type="button" data-action="reset">Show all requirements</button>
    </p>
  </section>`;
}

function filters(result: Result): Html {
  return html`<form id="filters" class="filters" role="search" aria-label="Filter the requirements">
    <label class="search"
      ><span>Search</span
      ><input
        id="search"
        type="search"
        placeholder="id, requirement or reason"
        autocomplete="off"
        spellcheck="false"
      /><kbd aria-hidden="true">/</kbd></label
    >
    <fieldset>
      <legend>Verdict</legend>
      ${verdicts.map((verdict) => chip('verdict', verdict, verdictWords[verdict].word, verdictWords[verdict].symbol))}
    </fieldset>
    <fieldset>
      <legend>Level</legend>
      ${Object.keys(levelWords).map((level) => chip('level', level, level))}
    </fieldset>
    <label class="pick"
      ><span>Section</span
      ><select id="section">
        <option value="">All sections</option>
        ${bySection(result).map(({ id, title }) => html`<option value="${id}">${title}</option>`)}
      </select></label
    >
    <button type="button" class="quiet" data-action="reset">Reset</button>
  </form>`;
}

function chip(name: string, value: string, word: string, symbol?: string): Html {
  return html`<label class="chip ${symbol !== undefined && `v-${value}`}"
    ><input type="checkbox" name="${name}" value="${value}" />${
      symbol !== undefined && html`<span class="mark" aria-hidden="true">${symbol}</span>`
    }${word}</label
  >`;
}

function row(clause: ClauseResult): Html {
  const { id, level, basis, duty, verdict, reason, checks } = clause;
  const words = verdictWords[verdict];
  return html`<li data-id="${id}">
    <a href="#${id}"
      ><span class="badge v-${verdict}"
        ><span class="mark" aria-hidden="true">${words.symbol}</span>${words.word}</span
      ><span class="main"
        ><code>${id}</code><span class="duty">${prose(sentence(duty))}</span>${
          reason !== undefined && html`<bdi class="reason">${clip(shortReason(reason))}</bdi>`
        }</span
      ><span class="tags"
        ><span>${level}</span><span>${basis}</span><span>${count(checks.length, 'check')}</span></span
      ></a
    >
  </li>`;
}
