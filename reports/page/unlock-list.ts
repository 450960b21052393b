import { html, prose, type Html } from '../html.ts';
import type { Result } from '../../record/result.ts';
import { forReaders } from './for-readers.ts';
import { unlocksIn } from '../unlock.ts';

/** What would unlock more, each with the requirements that wait for it. */
export function unlockList(result: Result): Html {
  const unlocks = unlocksIn(result);
  if (unlocks.length === 0) return html``;
  return html`<h2 id="unlock">What would unlock more</h2>
    <ul class="unlock">
      ${unlocks.map(
        ({ line, clauses }) =>
          html`<li>
            <details>
              <summary>${prose(forReaders(line))}</summary>
              <p>
                ${clauses.map((id, index) => html`${index > 0 && ', '}<a href="#${id}"><code>${id}</code></a>`)}
              </p>
            </details>
          </li>`,
      )}
    </ul>`;
}
