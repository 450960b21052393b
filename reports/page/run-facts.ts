import { html, type Html } from '../html.ts';
import type { Result } from '../result.ts';
import { when } from './overview.ts';
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
    ['Again', run.command === undefined ? undefined : copyable(run.command)],
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
    <details class="words">
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
      </dl>
    </details>
  </section>`;
}

function copyable(command: string): Html {
  return html`<span class="copyable"
    ><code>${command}</code><button type="button" class="quiet" data-copy>Copy</button></span
  >`;
}
