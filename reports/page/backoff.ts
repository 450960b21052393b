import { html, type Html } from '../html.ts';
import type { Seen, SeenBackoff } from '../../record/seen.ts';
import { count, duration } from './script/words.ts';

const left = 64;
const top = 16;
const plotWidth = 420;
const plotHeight = 180;

/** The waits before each retry against what the contract allows, on a logarithmic scale. */
export function backoff(seen: Seen | undefined): Html {
  const all = seen?.backoff ?? [];
  const retries = Math.max(0, ...all.map(({ waits }) => waits.length));
  if (retries < 2) return html``;
  const medians = Array.from({ length: retries }, (_, index) => median(all, index));
  const drawn = all.flatMap(({ waits }) => waits.map(onScale));
  const highest = Math.max(...drawn);
  const lowest = Math.min(...drawn, ...medians.map((wait) => onScale(wait * 0.75)));
  const y = scale(lowest / 1.3, highest * 1.5);
  const x = (index: number): number => left + (plotWidth * (index + 0.5)) / retries;
  return html`<figure>
    <figcaption>
      <h3>Waits before each retry</h3>
      <p class="hint">
        ${count(all.length, 'operation')}. Each dot is the wait after an attempt that failed; the line joins
        the medians. In the shaded part a wait would be shorter than three quarters of the one before (it must
        not be); the dashed mark is 1.5 times the one before (it should be above, but for jitter).
      </p>
    </figcaption>
    <svg
      viewBox="0 0 ${left + plotWidth + 16} ${top + plotHeight + 44}"
      role="img"
      aria-label="Median waits: ${medians.map(duration).join(', ')}"
      class="backoff"
    >
      ${medians.slice(1).map((_, index) => allowed(index + 1, medians, x, y))}
      ${ticks(lowest, highest * 1.5).map(
        (wait) =>
          html`<line
              class="grid"
              x1="${left}"
              x2="${left + plotWidth}"
              y1="${y(wait)}"
              y2="${y(wait)}"
            /><text x="${left - 8}" y="${y(wait) + 4}" text-anchor="end">${duration(wait)}</text>`,
      )}
      <polyline class="line" points="${medians.map((wait, index) => `${x(index)},${y(wait)}`).join(' ')}" />
      ${all.flatMap(({ waits }, row) =>
        waits.map(
          (wait, index) =>
            html`<circle class="dot" cx="${x(index) + spread(row)}" cy="${y(wait)}" r="3"
              ><title>${duration(wait)}</title></circle
            >`,
        ),
      )}
      ${medians.map(
        (wait, index) =>
          html`<text x="${x(index)}" y="${top + plotHeight + 20}" text-anchor="middle"
              >retry ${index + 1}</text
            ><text class="codes" x="${x(index)}" y="${top + plotHeight + 36}" text-anchor="middle"
              >${duration(wait)}</text
            >`,
      )}
    </svg>
  </figure>`;
}

type Scale = (wait: number) => number;

function scale(low: number, high: number): Scale {
  const [from, to] = [Math.log(low), Math.log(high)];
  return (wait) =>
    Math.round((top + plotHeight * (1 - (Math.log(onScale(wait)) - from) / (to - from))) * 10) / 10;
}

/** A logarithm knows no zero: a retry without a wait stands where one of a millisecond would. */
function onScale(wait: number): number {
  return Math.max(1, wait);
}

/** The region that a wait must keep out of, and the mark that it should reach. */
function allowed(index: number, medians: readonly number[], x: (index: number) => number, y: Scale): Html {
  const before = medians[index - 1] ?? 0;
  const half = plotWidth / medians.length / 2 - 8;
  const must = y(before * 0.75);
  const bottom = top + plotHeight;
  const should = y(before * 1.5);
  return html`<rect
      class="forbidden"
      x="${x(index) - half}"
      y="${must}"
      width="${half * 2}"
      height="${Math.max(0, bottom - must)}"
    /><line class="should" x1="${x(index) - half}" x2="${x(index) + half}" y1="${should}" y2="${should}" />`;
}

function median(all: readonly SeenBackoff[], index: number): number {
  const sorted = all.flatMap(({ waits }) => waits[index] ?? []).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function ticks(low: number, high: number): number[] {
  const steps = [
    1, 10, 100, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
    3_600_000,
  ];
  return steps.filter((step) => step >= low && step <= high);
}

/** Dots of one retry stand beside each other, so that equal waits are seen to be several. */
function spread(row: number): number {
  return ((row % 9) - 4) * 5;
}
