import { card } from '../chart.ts';
import type { Progress } from './bulk.ts';

const width = 840;
const height = 360;
const plot = { left: 64, right: width - 24, top: 84, bottom: height - 56 };

/** Draws a run as SVG: batches done over time, and operations in flight. */
export function bulkPicture(samples: readonly Progress[]): string {
  const last = samples.at(-1);
  if (last === undefined) return '';
  const { batches, succeeded, failed, atMs, mostInFlight: most } = last;
  const x = (at: number) => plot.left + ((plot.right - plot.left) * at) / Math.max(1, atMs);
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * value) / Math.max(1, batches);
  const points = (of: (progress: Progress) => number) =>
    samples.map((each) => `${x(each.atMs).toFixed(1)},${y(of(each)).toFixed(1)}`).join(' ');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const value = Math.round(batches * part);
    return (
      `<path class="line" d="M${plot.left} ${y(value)}H${plot.right}"/>` +
      `<text class="soft" x="${plot.left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`
    );
  });
  const start = `${plot.left},${plot.bottom}`;
  const done = (each: Progress) => each.succeeded + each.failed;
  return card(
    width,
    height,
    `${batches.toLocaleString('en')} batches, ${(atMs / 1_000).toFixed(1)} seconds`,
    `${succeeded.toLocaleString('en')} batches done, ${failed} failed and reported; at most ${most.toLocaleString('en')} in flight`,
    `${ticks.join('\n')}
<polygon class="area" points="${start} ${points(done)} ${plot.right},${plot.bottom}"/>
<polyline class="accent" points="${start} ${points(({ inFlight }) => inFlight)}"/>
<rect class="area" x="${plot.left}" y="${height - 34}" width="14" height="14"/>
<text x="${plot.left + 22}" y="${height - 22}">batches done</text>
<path class="accent" d="M${plot.left + 130} ${height - 27}h14"/>
<text x="${plot.left + 152}" y="${height - 22}">operations in flight</text>
<text class="soft" x="${plot.right}" y="${height - 22}" text-anchor="end">${(atMs / 1_000).toFixed(1)} s</text>`,
  );
}
