import type { z } from 'zod';
import { isLoopbackUrl } from './loopback.ts';
import type { targetSchema } from './target-schema.ts';

/** Intervals between polls on a real clock. */
export interface Polling {
  readonly firstMs: number;
  /** Each interval is this many times the one before … */
  readonly factor: number;
  /** … up to this. */
  readonly maxMs: number;
}

/** For what runs on this machine: nobody else is disturbed. */
const near: Polling = { firstMs: 50, factor: 1.5, maxMs: 2_000 };

/**
 * For what others use too. The documentation advises to poll no more often than once a minute, which
 * is where the intervals lead; the first ones are shorter, since what the suite waits for has mostly
 * just been brought about by the suite itself, through the probe.
 */
const remote: Polling = { firstMs: 1_000, factor: 2, maxMs: 60_000 };

/** The intervals for a target: what the configuration says, else by where the target is. */
export function pollingOf(
  target: z.output<typeof targetSchema>,
  given: { readonly [K in keyof Polling]?: Polling[K] | undefined },
): Polling {
  const usual = target.kind === 'url' && !isLoopbackUrl(target.url) ? remote : near;
  return {
    firstMs: given.firstMs ?? usual.firstMs,
    factor: given.factor ?? usual.factor,
    maxMs: given.maxMs ?? Math.max(usual.maxMs, given.firstMs ?? 0),
  };
}
