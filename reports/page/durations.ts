import { html, type Html } from '../html.ts';
import type { Result } from '../result.ts';
import { bySection } from './map.ts';
import { duration } from './script/words.ts';

const rowHeight = 22;
const left = 248;
const plotWidth = 300;
const shownChecks = 8;

/** Where the time of the run went: by section, and the slowest checks. */
export function durations(result: Result): Html {
  const sections = bySection(result).map(({ title, clauses }) => ({
    title,
    time: clauses.flatMap(({ checks }) => checks).reduce((sum, { durationMs }) => sum + durationMs, 0),
  }));
  const longest = Math.max(1, ...sections.map(({ time }) => time));
  const slowest = result.clauses
    .flatMap(({ id, checks }) => checks.map((check, index) => ({ id, index, check })))
    .sort((a, b) => b.check.durationMs - a.check.durationMs)
    .slice(0, shownChecks)
    .filter(({ check }) => check.durationMs > 0);
  if (slowest.length === 0) return html``;
  return html`<figure>
    <figcaption>
      <h3>Where the time went</h3>
      <p class="hint">Time of the checks by section; with several workers they overlap.</p>
    </figcaption>
    <svg
      viewBox="0 0 ${left + plotWidth + 80} ${sections.length * rowHeight}"
      class="durations"
      role="img"
      aria-label="Time of the checks by section"
    >
      ${sections.map(({ title, time }, index) => {
        const y = index * rowHeight;
        const width = Math.max(1, (time / longest) * plotWidth);
        return html`<text x="${left - 10}" y="${y + 15}" text-anchor="end"
            >${title.length > 32 ? `${title.slice(0, 31)}…` : title}</text
          ><rect
            class="time"
            x="${left}"
            y="${y + 4}"
            width="${width.toFixed(1)}"
            height="${rowHeight - 8}"
            rx="2"
          /><text class="codes" x="${left + width + 8}" y="${y + 15}">${duration(time)}</text>`;
      })}
    </svg>
    <h4>The slowest checks</h4>
    <ol class="slowest">
      ${slowest.map(
        ({ id, index, check }) =>
          html`<li>
            <a href="#${id}/check-${index + 1}"
              ><span>${duration(check.durationMs)}</span> <code>${id}</code> ${check.title}</a
            >
          </li>`,
      )}
    </ol>
  </figure>`;
}
