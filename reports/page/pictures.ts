import { html, type Html } from '../html.ts';
import type { Result } from '../../record/result.ts';
import { backoff } from './backoff.ts';
import { durations } from './durations.ts';
import { lifecyclePicture } from './lifecycle-picture.ts';

/** The pictures of a run: the lifecycle as it was seen, the waits before retries, where the time went. */
export function pictures(result: Result): Html {
  return html`<section id="pictures" aria-labelledby="pictures-title">
    <h2 id="pictures-title">Pictures of the run</h2>
    <div class="pictures">${lifecyclePicture(result.seen)} ${backoff(result.seen)} ${durations(result)}</div>
  </section>`;
}
