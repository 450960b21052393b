import { card } from '../chart.ts';
import type { Story } from './story.ts';

const width = 840;
const rowHeight = 34;
const left = 120;
const perMinute = 20;

/** Draws the nights of a story as SVG: a bar for each background operation, as long as it took. */
export function cleanupPicture({ nights, leftAfter }: Story): string {
  const height = 130 + nights.length * rowHeight;
  const rows = nights.map(({ night, batches, stopped }, index) => {
    const y = 86 + index * rowHeight;
    let x = left;
    const bars = batches.map(({ outcome, tookMs, deleted }) => {
      const length = Math.max(3, (tookMs / 60_000) * perMinute);
      const kind = outcome === 'succeeded' ? 'passed' : outcome === 'failed' ? 'failed' : 'inconclusive';
      const bar = `<rect class="${kind}" x="${x.toFixed(1)}" y="${y}" width="${length.toFixed(1)}" height="18" rx="2"><title>${outcome}, ${deleted} deleted</title></rect>`;
      x += length + 3;
      return bar;
    });
    const end = `${stopped ? 'stopped by hand · ' : ''}${(leftAfter[index] ?? 0).toLocaleString('en')} left`;
    return `<text x="24" y="${y + 14}">${night}</text>${bars.join('')}<text class="soft" x="${(x + 6).toFixed(1)}" y="${y + 14}">${end}</text>`;
  });
  const y = height - 22;
  return card(
    width,
    height,
    'A week of the nightly clean-up',
    'Each bar is one background operation, as long as it took with its retries',
    `${rows.join('\n')}
<rect class="passed" x="24" y="${y - 12}" width="14" height="14"/><text x="46" y="${y}">succeeded</text>
<rect class="failed" x="134" y="${y - 12}" width="14" height="14"/><text x="156" y="${y}">ran into the two-minute limit with each attempt</text>`,
  );
}
