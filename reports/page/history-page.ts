import type { SectionPoint, TargetHistory } from '../history.ts';
import { html, type Html } from '../html.ts';
import type { Verdict } from '../../record/result.ts';
import { sectionTitles } from '../section-titles.ts';
import { verdicts } from '../summarise.ts';
import { pageStyle } from './bundle.ts';
import { htmlDocument } from './document.ts';
import { when } from './overview.ts';
import { count, verdictWords } from './script/words.ts';

const title = 'History of conformance';

/** What stands in every page of this kind, and in no other. */
export const historyTitle = `<title>${title}</title>`;

const drawnRuns = 120;
const listedRuns = 60;

/** The history of each target as one page without scripts: what is broken since when, what is flaky, the trend. */
export function renderHistory(targets: readonly TargetHistory[]): string {
  const runs = targets.reduce((sum, { runs: of }) => sum + of.length, 0);
  return htmlDocument({
    title,
    style: pageStyle(['compare']),
    body: html`<main>
      <p class="facts"><strong>Background operations conformance</strong> <span>History</span></p>
      <h1 class="verdict">${count(runs, 'run')} of ${count(targets.length, 'target')}</h1>
      ${targets.map(target)}
    </main>`,
  });
}

function target(one: TargetHistory): Html {
  const newest = one.runs.at(-1);
  return html`<section>
    <h2><bdi>${one.name}</bdi></h2>
    <p class="hint">
      ${count(one.runs.length, 'run')}, from ${when(one.runs[0]?.startedAt ?? '')} to
      ${when(newest?.startedAt ?? '')}${newest?.incomplete === true && ' (the newest is incomplete)'}
    </p>
    ${broken(one)} ${flaky(one)} ${trend(one)} ${runList(one)}
  </section>`;
}

function broken({ broken: list }: TargetHistory): Html {
  if (list.length === 0) return html`<p>Nothing is broken in the newest run.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="What is broken, and since when">
    <table class="compared">
      <caption>
        Broken in the newest run
      </caption>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Verdict</th>
          <th scope="col">Broken since</th>
          <th scope="col">Last good run</th>
          <th scope="col">Runs</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ id, verdict, since, lastGood, runs }) =>
            html`<tr>
              <th scope="row"><code>${id}</code></th>
              <td>${badge(verdict)}</td>
              <td>${when(since)}</td>
              <td>${lastGood === undefined ? 'none in this folder' : when(lastGood)}</td>
              <td>${runs}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function flaky({ flaky: list }: TargetHistory): Html {
  if (list.length === 0) return html``;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Flaky requirements">
    <table class="compared">
      <caption>
        Flaky: the verdict turned at least twice while no version changed
      </caption>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Turns</th>
          <th scope="col">Last turn</th>
          <th scope="col">Newest runs</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ id, turns, lastTurn, verdicts: all }) =>
            html`<tr>
              <th scope="row"><code>${id}</code></th>
              <td>${turns}</td>
              <td>${when(lastTurn)}</td>
              <td>${all.slice(-30).map(mark)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function badge(verdict: Verdict): Html {
  const { word, symbol } = verdictWords[verdict];
  return html`<span class="badge v-${verdict}"
    ><span class="mark" aria-hidden="true">${symbol}</span>${word}</span
  >`;
}

function mark(verdict: Verdict | undefined): Html {
  if (verdict === undefined) return html``;
  return html`<span class="badge v-${verdict}" title="${verdictWords[verdict].word}"
    >${verdictWords[verdict].symbol}</span
  >`;
}

function trend({ sections: found, runs }: TargetHistory): Html {
  const titleOf = sectionTitles(runs);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Trend by section">
    <table class="trend">
      <caption>
        Trend by section,
        ${runs.length === 1 ? 'one run' : `the newest ${Math.min(drawnRuns, runs.length)} runs from left to right`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Section</th>
          <th scope="col">Trend</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        ${found.map(
          ({ section, points }) =>
            html`<tr>
              <th scope="row">${titleOf(section)}</th>
              <td>${spark(points.slice(-drawnRuns))}</td>
              <td>${now(points.at(-1))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function now(point: SectionPoint = {}): string {
  return verdicts
    .flatMap((verdict) =>
      point[verdict] === undefined ? [] : `${point[verdict]} ${verdictWords[verdict].word.toLowerCase()}`,
    )
    .join(', ');
}

/** A column for each run; the verdicts are stacked, the broken ones on top. */
function spark(points: readonly SectionPoint[]): Html {
  const width = 240 / Math.max(1, points.length);
  const columns = points.flatMap((point, index) => {
    const total = Math.max(
      1,
      Object.values(point).reduce((sum, number) => sum + number, 0),
    );
    let y = 0;
    return verdicts.map((verdict) => {
      const height = ((point[verdict] ?? 0) / total) * 40;
      const rect = html`<rect
        class="f-${verdict}"
        x="${(index * width).toFixed(1)}"
        y="${y.toFixed(1)}"
        width="${(width * 0.9).toFixed(1)}"
        height="${height.toFixed(1)}"
      />`;
      y += height;
      return height > 0 && rect;
    });
  });
  return html`<svg
    class="spark"
    viewBox="0 0 240 40"
    preserveAspectRatio="none"
    role="img"
    aria-label="Trend"
  >
    ${columns}
  </svg>`;
}

function runList({ runs }: TargetHistory): Html {
  const newest = runs.toReversed().slice(0, listedRuns);
  return html`<details>
    <summary>The runs</summary>
    <ol class="runs">
      ${newest.map(
        ({ file, startedAt, version, incomplete }) =>
          html`<li>
            <a href="${encodeURI(file)}">${when(startedAt)}</a>
            <span class="hint">${version}${incomplete && ', incomplete'}</span>
          </li>`,
      )}
    </ol>
    ${runs.length > listedRuns && html`<p class="hint">and ${runs.length - listedRuns} older ones</p>`}
  </details>`;
}
