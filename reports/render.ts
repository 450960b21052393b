import { Html, html, jsonForScript } from './html.ts';
import { pageChunks } from './page-chunks.ts';
import { pageData } from './page-data.ts';
import { pageScript, pageStyle } from './page/bundle.ts';
import { dataBlock, htmlDocument } from './page/document.ts';
import { duties } from './page/duties.ts';
import { map } from './page/map.ts';
import { overview } from './page/overview.ts';
import { pictures } from './page/pictures.ts';
import { runFacts } from './page/run-facts.ts';
import type { Result } from '../record/result.ts';

/** The most bytes that a page may have, whatever the run left behind. */
export const pageBytes = 2_000_000;

const chunksHere = '<!-- chunks -->';

/**
 * The result as one self-contained page: it opens from disk, asks for nothing from anywhere, and
 * shows whatever a target said as text. Evidence is shortened until the page fits {@link pageBytes}.
 */
export function render(result: Result): string {
  const frame = htmlDocument({
    title: `${result.summary.failed > 0 ? '✕ ' : ''}Conformance of ${result.target.name}`,
    style: pageStyle(),
    body: body(result),
    data: html`${dataBlock('data', 'application/json', jsonForScript(pageData(result)).text)}${new Html(chunksHere)}`,
    script: pageScript(),
  });
  const names = result.clauses.length * 100;
  const chunks = pageChunks(result, pageBytes - Buffer.byteLength(frame) - names);
  const blocks = [...chunks].map(([id, text]) => dataBlock(`chunk-${id}`, 'text/plain', text));
  // A function, so that no `$` of the data is read as a pattern.
  return frame.replace(chunksHere, () => blocks.join(''));
}

/** What only the page of one report has; it stood in every version of it. */
const brand = new Html('<a href="#overview">Background operations conformance</a>');

/** A page for a result that none can be made of; it leads to the result file, and is known as a report's. */
export function unrendered(result: Result, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return htmlDocument({
    title: `Conformance of ${result.target.name}`,
    style: '',
    body: html`<header><p>${brand}</p></header>
      <main>
        <p>No page could be made of this result (${why}). The whole of it is in conformance.json.</p>
      </main>`,
    data: html``,
    script: '',
  });
}

/** Whether a text is the page of a report. */
export function isReportPage(text: string): boolean {
  return text.includes(brand.text);
}

function body(result: Result): Html {
  return html`<a class="skip" href="#main">Skip to the content</a>
    <header>
      <p class="brand">
        ${brand}<span class="of"><bdi>${result.target.name}</bdi></span>
      </p>
      <nav aria-label="Page">
        <a href="#overview">Overview</a> <a href="#map">Map</a> <a href="#duties">Requirements</a>
        <a href="#pictures">Pictures</a> <a href="#run">Run</a>
      </nav>
      <p class="tools">
        <button type="button" class="quiet" data-action="theme">Theme</button>
        <button type="button" class="quiet" data-action="print">Print</button>
        <button type="button" class="quiet" data-action="help">Keys</button>
      </p>
    </header>
    <noscript>
      <p class="alarm">
        Without scripts the filters, the checks and their evidence are missing; everything else is here.
      </p>
    </noscript>
    <main id="main" tabindex="-1">
      <div id="home">
        ${overview(result)} ${map(result)} ${duties(result)} ${pictures(result)} ${runFacts(result)}
      </div>
      <article id="clause" hidden></article>
      <div id="print" aria-hidden="true"></div>
    </main>
    <p id="announce" class="sr" role="status" aria-live="polite"></p>`;
}
