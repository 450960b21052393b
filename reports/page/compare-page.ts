import { changeWords, comparisonSentence } from '../compare-words.ts';
import { sectionTitles } from '../section-titles.ts';
import {
  cellBefore,
  changedBetween,
  type VerdictChange,
  type ComparedCell,
  type ComparedClause,
  type ResultComparison,
} from '../compare.ts';
import { html, prose, type Html } from '../html.ts';
import type { Gate } from '../../record/result.ts';
import { pageStyle } from './bundle.ts';
import { htmlDocument } from './document.ts';
import { clip, when } from './overview.ts';
import { forReaders } from './for-readers.ts';
import { shortReason } from './script/short-reason.ts';
import { count, levelWords, sentence, verdictWords } from './script/words.ts';

/** A comparison as one page without scripts: what changed first, then every clause in a row. */
export function renderComparison(comparison: ResultComparison, gate?: Gate): string {
  const { runs, clauses, sameTarget } = comparison;
  const title = sameTarget
    ? `${runs[0]?.target.name ?? ''}: ${runs.length} runs compared`
    : `${runs.length} targets compared`;
  return htmlDocument({
    title,
    style: pageStyle(['compare']),
    body: html`<main>
      <p class="facts"><strong>Background operations conformance</strong> <span>${title}</span></p>
      <h1 class="verdict">${comparisonSentence(comparison)}</h1>
      ${(gate?.why ?? []).map((reason) => html`<p class="alarm">${prose(forReaders(reason))}</p>`)}
      ${runTable(comparison)}
      ${(Object.keys(changeWords) as VerdictChange[]).map((change) => changed(change, clauses, runs.length))}
      ${between(comparison)} ${matrix(comparison)}
    </main>`,
  });
}

function runTable({ runs }: ResultComparison): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="What is compared">
    <table class="compared">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Target</th>
          <th scope="col">Made</th>
          <th scope="col">Suite</th>
          <th scope="col">Failed</th>
          <th scope="col">Warned</th>
          <th scope="col">Open</th>
          <th scope="col">Passed or observed</th>
        </tr>
      </thead>
      <tbody>
        ${runs.map(
          ({ name, target, startedAt, suite, summary, incomplete }) =>
            html`<tr>
              <th scope="row"><bdi>${name}</bdi></th>
              <td><bdi>${target.name}</bdi></td>
              <td>${when(startedAt)}${incomplete !== undefined && ' (incomplete)'}</td>
              <td>${suite.version}</td>
              <td>${summary.failed}</td>
              <td>${summary.warned}</td>
              <td>${summary.inconclusive + summary.notTested}</td>
              <td>${summary.passed + summary.observed}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function changed(change: VerdictChange, clauses: readonly ComparedClause[], runs: number): Html {
  const of = clauses.filter((clause) => clause.change === change);
  if (of.length === 0) return html``;
  return html`<section>
    <h2>${changeWords[change].title} <span class="hint">${of.length}</span></h2>
    <p class="hint">${changeWords[change].meaning}</p>
    <ul class="changes">
      ${of.map((clause) => {
        const { id, level, duty, source, cells } = clause;
        return html`<li>
          <p>
            <a href="#${id}"><code>${id}</code></a> <span class="hint">${level}</span> ${sourceLink(source)}
          </p>
          <p>${prose(sentence(duty))}</p>
          <dl>
            ${[cellBefore(clause), cells[runs - 1]].map(
              (cell, index) =>
                html`<dt>${index === 0 ? 'Before' : 'Now'}</dt>
                  <dd>${told(cell)}</dd>`,
            )}
          </dl>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** What only a result between the first and the last shows is no change, but no reader should miss it. */
function between({ clauses }: ResultComparison): Html {
  const number = clauses.filter(changedBetween).length;
  if (number === 0) return html``;
  return html`<p>
    ${count(number, 'requirement is', 'requirements are')} the same in the first and the last result, and
    another between them: see <a href="#every">every requirement</a>.
  </p>`;
}

function differ(cells: readonly (ComparedCell | undefined)[]): boolean {
  return new Set(cells.map((cell) => cell?.verdict)).size > 1;
}

function told(cell: ComparedCell | undefined): Html {
  if (cell === undefined) return html`<span class="hint">not in the catalogue</span>`;
  const { word, symbol } = verdictWords[cell.verdict];
  return html`<span class="badge v-${cell.verdict}"
      ><span class="mark" aria-hidden="true">${symbol}</span>${word}</span
    >
    ${cell.reason !== undefined && html`<bdi class="reason">${clip(shortReason(cell.reason))}</bdi>`}`;
}

function matrix({ clauses, runs }: ResultComparison): Html {
  const titleOf = sectionTitles(runs.map(({ catalogue }) => catalogue));
  return html`<section>
    <h2 id="every">Every requirement</h2>
    <label class="chip"><input type="checkbox" id="differences" />Only those that differ</label>
    <div class="scroll" tabindex="0" role="group" aria-label="Every requirement, a column for each result">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            ${runs.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}
          </tr>
        </thead>
        ${[...Map.groupBy(clauses, ({ section }) => section)].map(
          ([section, of]) =>
            html`<tbody>
              <tr class="section">
                <th colspan="${runs.length + 1}" scope="rowgroup">${titleOf(section)}</th>
              </tr>
              ${of.map(row)}
            </tbody>`,
        )}
      </table>
    </div>
  </section>`;
}

/** Only what a browser opens as a page; a result file may come from anywhere. */
function sourceLink(source: string | undefined): Html | false {
  return (
    source !== undefined &&
    /^https?:\/\//.test(source) &&
    html`<a class="hint" href="${source}" rel="noreferrer">source</a>`
  );
}

function row({ id, level, duty, source, cells }: ComparedClause): Html {
  return html`<tr id="${id}" class="${!differ(cells) && 'same'}">
    <th scope="row">
      <code>${id}</code>
      <span class="hint">${levelWords[level].letter} ${sentence(duty).replaceAll('`', '')}</span>
      ${sourceLink(source)}
    </th>
    ${cells.map((cell) => html`<td>${matrixCell(cell)}</td>`)}
  </tr>`;
}

function matrixCell(cell: ComparedCell | undefined): Html {
  if (cell === undefined) return html`<span class="hint">none</span>`;
  const { word, symbol } = verdictWords[cell.verdict];
  return html`<span
    class="cell v-${cell.verdict}"
    title="${word}${cell.reason === undefined ? '' : `: ${clip(shortReason(cell.reason))}`}"
    ><span aria-hidden="true">${symbol}</span><span class="sr">${word}</span></span
  >`;
}
