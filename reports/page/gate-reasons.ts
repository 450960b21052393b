import { exitStatus } from '../gate.ts';
import { html, prose, type Html } from '../html.ts';
import { forReaders } from './for-readers.ts';
import type { Result } from '../../record/result.ts';

/** Why the run fails, or does not without a verdict, what disturbed it, and what part of the catalogue it was asked for. */
export function gateReasons(result: Result): Html {
  const { run } = result;
  // A result of an older version does not say how strictly it was judged.
  const { status, why } = run.gate ?? exitStatus(result);
  return html`${
    why.length > 0 &&
    html`<div class="alarm" id="gate">
      <strong>Exit status ${status}</strong>, because:
      <ul>
        ${why.map((reason) => html`<li>${prose(forReaders(reason))}</li>`)}
      </ul>
    </div>`
  }
  ${
    run.disruptions !== undefined &&
    html`<div class="alarm mild">
      <strong>Disturbed from outside</strong>, which is not held against the target:
      <ul>
        ${run.disruptions.map(
          ({ message, times }) => html`<li><bdi>${message}</bdi>${times > 1 && ` (${times} times)`}</li>`,
        )}
      </ul>
    </div>`
  }
  ${
    run.only !== undefined &&
    html`<p class="alarm mild">
      A partial run: <code>--only ${run.only.join(' --only ')}</code>. The rest counts as not tested.
    </p>`
  }
  ${
    run.shard !== undefined &&
    html`<p class="alarm mild">A partial run: shard ${run.shard}. The other shards hold the rest.</p>`
  }`;
}
