import type { OperationStore } from './core/operation.ts';
import { Pace } from './pace.ts';

/** Rows that are cleared away before the time is looked at again. */
const atOnce = 500;

/** Milliseconds between two looks for expired rows on the machine's clock. */
const everyMs = 1_000;

/** Clears away what has expired, in slices between which requests are served. */
export async function clearExpired(store: OperationStore, now: number): Promise<void> {
  const pace = new Pace();
  while (store.purge(now, atOnce) > 0) {
    if (pace.due) await pace.rest();
  }
}

/**
 * Clears away what expires on the machine's clock, for as long as the simulator lives; answers the way to
 * stop it. That a row has expired is decided whenever it is looked at: this only frees its memory.
 */
export function clearRegularly(store: OperationStore): () => void {
  let clearing = false;
  const timer: unknown = setInterval(() => {
    if (clearing) return;
    clearing = true;
    void clearExpired(store, Date.now()).finally(() => {
      clearing = false;
    });
  }, everyMs);
  // In Node it must not keep the process alive; a browser knows no such thing.
  (timer as { unref?: () => void }).unref?.();
  return () => {
    clearInterval(timer as ReturnType<typeof setInterval>);
  };
}
