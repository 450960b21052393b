import { clauses, sections } from '../contract/clauses.ts';
import { html, prose, type Html } from '../reports/html.ts';
import { pageStyle } from '../reports/page/bundle.ts';
import { htmlDocument } from '../reports/page/document.ts';
import { capital, levelWords, sentence } from '../reports/page/script/words.ts';
import { complaints, type KillMatrix } from './matrix.ts';
import type { Trial } from './trial.ts';

/** The kill matrix as one page without scripts: what is wrong first, then clause by clause what proves it. */
export function renderKillMatrix(matrix: KillMatrix): string {
  const { faults, unexplained } = complaints(matrix);
  return htmlDocument({
    title: `${matrix.suite}: kill matrix`,
    style: pageStyle(['compare', 'kill']),
    body: html`<main>
      <p class="facts"><strong>Kill matrix</strong> <span>${matrix.suite}</span></p>
      <h1 class="verdict">${headline(matrix)}</h1>
      <p class="hint">
        Each deviation is a simulator that is wrong in one way. The suite ran against every one of them; a
        clause is proven by the deviations that made its checks fail. ${(matrix.durationMs / 1000).toFixed(0)}
        s in all.
      </p>
      ${list('Faults', 'A deviation that nothing caught, or a mistake of the suite itself.', faults)}
      ${list(
        'Unexplained',
        'Failed, though no deviation says that it must.',
        unexplained.filter((one) => !one.includes('is unproven')),
      )}
      ${list('Unproven', 'Required clauses that no deviation of this run breaks.', matrix.unproven)}
      ${sections.map(({ id, title }) => section(capital(title), id, matrix))}
    </main>`,
  });
}

function headline({ killed, deviations, unproven }: KillMatrix): string {
  const caught =
    killed === deviations
      ? `All ${deviations} deviations are caught`
      : `${deviations - killed} of ${deviations} deviations survive`;
  const required = clauses.filter(({ level }) => level === 'MUST').length;
  const proven = unproven.length === 0 ? `all ${required}` : `${required - unproven.length} of ${required}`;
  return `${caught}, and ${proven} required clauses have checks that are proven to fail.`;
}

function list(title: string, meaning: string, lines: readonly string[]): Html {
  if (lines.length === 0) return html``;
  return html`<section>
    <h2>${title} <span class="hint">${lines.length}</span></h2>
    <p class="hint">${meaning}</p>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

function section(title: string, id: string, matrix: KillMatrix): Html {
  const of = clauses.filter((clause) => clause.section === id);
  return html`<section>
    <h2>${title}</h2>
    ${of.map((clause) => {
      const trials = matrix.trials.filter(({ breaks }) => breaks === clause.id);
      return html`<article class="proof">
        <h3><code>${clause.id}</code> <span class="hint">${levelWords[clause.level].letter}</span></h3>
        <p>${prose(sentence(clause.duty))}</p>
        ${
          trials.length === 0
            ? html`<p class="hint">No deviation breaks it.</p>`
            : html`<ul class="kills">
                ${trials.map((trial) => deviation(trial, matrix))}
              </ul>`
        }
      </article>`;
    })}
  </section>`;
}

function deviation(trial: Trial, { indispensable }: KillMatrix): Html {
  const { name, summary, killedBy, others, undecided } = trial;
  const only = Object.values(indispensable).some((names) => names.includes(name));
  return html`<li>
    <details>
      <summary>
        <span class="cell ${killedBy.length > 0 ? 'v-passed' : 'v-failed'}" aria-hidden="true"
          >${killedBy.length > 0 ? '✓' : '✗'}</span
        >
        <span class="sr">${killedBy.length > 0 ? 'caught:' : 'survived:'}</span>
        ${summary} <span class="hint">${name}${only && ', caught by one check only'}</span>
      </summary>
      <dl>
        ${killedBy.map(
          (kill) =>
            html`<dt>${kill.title}</dt>
              <dd>${kill.reason}</dd>`,
        )}
      </dl>
      ${
        others.length > 0 &&
        html`<p>Fell with it: ${others.map(({ clause }) => html`<code>${clause}</code> `)}</p>`
      }
      ${
        undecided.length > 0 &&
        html`<details>
          <summary>${undecided.length} other clauses could not be decided any more</summary>
          <ul>
            ${undecided.map(({ clause, reason }) => html`<li>${clause}: ${reason}</li>`)}
          </ul>
        </details>`
      }
    </details>
  </li>`;
}

/** Whether a text is the page of a kill matrix. */
export function isKillMatrixPage(text: string): boolean {
  return /<title>[^<]*: kill matrix<\/title>/.test(text);
}
