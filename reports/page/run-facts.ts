import { html, type Html } from '../html.ts';
import type { Result } from '../../record/result.ts';
import { when } from './overview.ts';
import { codesLegend } from './script/codes.ts';
import { typed } from './script/command.ts';
import { basisWords, duration, levelWords, verdictWords } from './script/words.ts';

/** How the run was made and how to make it again; and the words of the page, explained. */
export function runFacts(result: Result): Html {
  const { suite, catalogue, target, run } = result;
  const facts: readonly (readonly [string, Html | undefined])[] = [
    [
      'Target',
      html`<bdi>${target.name}</bdi>
        (${target.kind}${target.url !== '' && html`, <bdi>${target.url}</bdi>`})`,
    ],
    ['Started', html`${when(run.startedAt)}, took ${duration(run.durationMs)}`],
    ['Suite', html`${suite.name} ${suite.version}`],
    [
      'Catalogue',
      catalogue && html`${catalogue.version}, made from the documentation of ${catalogue.documentation}`,
    ],
    ['Clock', run.clock && html`${run.clock}${run.slow === true && ', with real waiting (--slow)'}`],
    ['Requests', run.requests === undefined ? undefined : html`${run.requests} sent to the target`],
    ['Run', run.id === undefined ? undefined : html`<code>${run.id}</code>`],
    ['Seed', html`<code>${run.seed}</code>${run.runs > 0 && html`, ${run.runs} runs of each property`}`],
    ['Shard', run.shard === undefined ? undefined : html`${run.shard}`],
    ['Again', run.command === undefined ? undefined : copyable(typed(run.command))],
  ];
  return html`<section id="run" aria-labelledby="run-title">
    <h2 id="run-title">The run</h2>
    <dl class="run">
      ${facts.map(
        ([name, value]) =>
          value !== undefined &&
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <details class="words" id="words">
      <summary>What the words of this report mean</summary>
      <dl>
        ${Object.values(verdictWords).map(
          ({ word, meaning, symbol }) =>
            html`<dt>${symbol} ${word}</dt>
              <dd>${meaning}</dd>`,
        )}
        ${Object.entries(levelWords).map(
          ([level, { meaning }]) =>
            html`<dt>${level}</dt>
              <dd>${meaning}</dd>`,
        )}
        ${Object.entries(basisWords).map(
          ([basis, meaning]) =>
            html`<dt>${basis}</dt>
              <dd>${meaning}</dd>`,
        )}
        ${terms.map(
          ([term, meaning]) =>
            html`<dt>${term}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </details>
  </section>`;
}

/** Words of requirements, checks and exchanges that a reader of the documentation alone does not know. */
const terms: readonly (readonly [string, string])[] = [
  ['requirement', 'One clause of the catalogue: one thing that the documentation asks of an implementation.'],
  ['target', 'What was tested.'],
  [
    'probe',
    'The custom API that the suite calls in the target. While it runs it asks the suite what to do: succeed, fail, or go on.',
  ],
  [
    'attempt',
    'One execution of the custom API for an operation; after one that failed there may be another.',
  ],
  ['monitor', 'The status monitor resource of an operation: /api/backgroundoperation/{id}.'],
  ['row', 'The row of an operation in the table backgroundoperations.'],
  [
    '(3,32)',
    `A state code and a status code. ${codesLegend('(0,0) (2,20) (2,22) (3,30) (3,31) (3,32) (3,*)') ?? ''}.`,
  ],
  ['virtual clock', 'A clock of the target that the suite controls, so that waits of hours take no time.'],
  ['property', 'A rule that is checked with many generated cases. The same seed generates the same cases.'],
];

function copyable(command: string): Html {
  return html`<span class="copyable"
    ><code>${command}</code><button type="button" class="quiet" data-copy>Copy</button></span
  >`;
}
