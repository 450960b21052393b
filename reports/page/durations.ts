import { html, type Html } from '../html.ts';
import type { Result } from '../../record/result.ts';
import { bySection } from './map.ts';
import { duration } from './script/words.ts';

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
    <ul class="durations">
      ${sections.map(
        ({ title, time }) =>
          html`<li>
            <span>${title}</span
            ><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect
                class="time"
                width="${Math.max(0.5, (time / longest) * 100).toFixed(1)}"
                height="10"
              /></svg
            ><span class="took">${duration(time)}</span>
          </li>`,
      )}
    </ul>
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
