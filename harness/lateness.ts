import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 10;
const histogram = monitorEventLoopDelay({ resolution: resolutionMs });

/** Starts to measure anew how late this process comes; a process runs one check at a time. */
export function watchLateness(): void {
  histogram.enable();
  histogram.reset();
}

/**
 * The most by which this process was late since then, in milliseconds: on a busy machine timers fire and
 * requests are taken late, those of a target beside the suite as well. 0 where nothing was measured.
 */
export function latenessMs(): number {
  if (histogram.count === 0) return 0;
  return Math.max(0, histogram.max / 1e6 - resolutionMs);
}
