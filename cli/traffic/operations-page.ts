import { html, type Html } from '../../reports/html.ts';
import { htmlDocument } from '../../reports/page/document.ts';
import { describeHappening } from '../../traffic/describe.ts';
import type { Happening } from '../../traffic/happening.ts';
import { duration } from '../../traffic/words.ts';
import type { Traffic, TrafficOperation } from '../../traffic/traffic.ts';

/** Operations that the page draws; the result file has the breaches of all. */
const mostOperations = 500;
const mostHappenings = 60;

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h2 { font-size: 1rem; margin: 2rem 0 .25rem; overflow-wrap: anywhere; }
.broken { border-left: 4px solid #b3261e; padding-left: .75rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
td { border-top: 1px solid #8884; padding: .2rem .5rem; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; text-align: right; width: 6rem; }
svg { width: 100%; height: 26px; display: block; }
.breach { color: #b3261e; }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6; } .breach { color: #ff8a80; } }
`;

/** A page with the timeline of each operation of a record, those with a breach first. */
export function operationsPage(traffic: Traffic, breaches: ReadonlyMap<string, readonly string[]>): string {
  const { operations } = traffic;
  const ordered = [...operations].sort(
    (one, other) => Number(breaches.has(other.id)) - Number(breaches.has(one.id)),
  );
  const shown = ordered.slice(0, mostOperations);
  const rest = ordered.length - shown.length;
  return htmlDocument({
    title: 'Operations in the record',
    style,
    body: html`<h1>Operations in the record</h1>
      <p><a href="index.html">The report</a> has the clauses. Times are those of the record.</p>
      <p>
        ${operations.length} operations in ${traffic.exchanges}
        exchanges${rest > 0 && `; ${rest} are not drawn`}.
      </p>
      ${shown.map((one) => section(one, breaches.get(one.id) ?? []))}`,
  });
}

function section({ id, happenings, submission }: TrafficOperation, breaches: readonly string[]): Html {
  const begun = happenings[0]?.exchange.from ?? 0;
  const end = Math.max(...happenings.map(({ exchange }) => exchange.to));
  const left = happenings.length - mostHappenings;
  return html`<section class="${breaches.length > 0 ? 'broken' : ''}">
    <h2 id="${id}">${id} <small>${submission?.message}</small></h2>
    ${picture(happenings, begun, end)} ${breaches.map((text) => html`<p class="breach">${text}</p>`)}
    <table>
      ${happenings.slice(0, mostHappenings).map(
        (one) =>
          html`<tr>
            <td>${duration(one.exchange.from - begun)}</td>
            <td>${describeHappening(one)}</td>
          </tr>`,
      )}
    </table>
    ${left > 0 && html`<p>${left} more are not listed.</p>`}
  </section>`;
}

const colours: Readonly<Partial<Record<Happening['kind'], string>>> = {
  submission: '#3b6fd4',
  read: '#7a7f87',
  cancellation: '#c77700',
  callback: '#2e8b57',
  event: '#2e8b57',
};

function picture(happenings: readonly Happening[], begun: number, end: number): Html {
  const span = Math.max(1, end - begun);
  const marks = happenings.map((one) => {
    const x = 8 + ((one.exchange.from - begun) / span) * 984;
    return html`<circle cx="${x.toFixed(1)}" cy="13" r="5" fill="${colours[one.kind] ?? '#7a7f87'}"
      ><title>${describeHappening(one)}</title></circle
    >`;
  });
  return html`<svg viewBox="0 0 1000 26" preserveAspectRatio="none" role="img" aria-label="Timeline">
    <line x1="8" y1="13" x2="992" y2="13" stroke="#8888" />
    ${marks}
  </svg>`;
}
