/**
 * Real time without the waits that a target imposed (`Retry-After`): whoever is told to wait must not
 * run out of patience by it. Waits at the same time count once. A process runs one check at a time, so
 * that one account suffices.
 */

let waiting = 0;
let since = 0;
let waitedMs = 0;

function waitedUntil(now: number): number {
  return waiting === 0 ? waitedMs : waitedMs + (now - since);
}

/** Waits by `sleep`, in a way that no {@link stopwatch} counts. */
export async function imposedWait(sleep: () => Promise<unknown>): Promise<void> {
  if (waiting === 0) since = performance.now();
  waiting += 1;
  try {
    await sleep();
  } finally {
    waiting -= 1;
    if (waiting === 0) waitedMs += performance.now() - since;
  }
}

/** Starts a watch; it gives the milliseconds since then, without imposed waits. */
export function stopwatch(): () => number {
  const began = performance.now();
  const before = waitedUntil(began);
  return () => {
    const now = performance.now();
    return now - began - (waitedUntil(now) - before);
  };
}
