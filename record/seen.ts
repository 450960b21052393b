import { z } from 'zod';

const count = z.int().min(0);

const transitionSchema = z
  .object({
    /** State and status before, e.g. "0,0". */
    from: z.string(),
    to: z.string(),
    /** How often it was seen. */
    count,
  })
  .readonly();

const backoffSchema = z
  .object({
    operation: z.string(),
    /** Milliseconds; the first is the wait before the second attempt. */
    waits: z.array(z.number()).readonly(),
  })
  .readonly();

/** What a whole run saw of the lifecycle, see {@link Seen}. */
export const seenSchema = z
  .object({
    operations: count,
    /** Pairs of codes with the number of observations. */
    states: z.array(z.object({ codes: z.string(), count }).readonly()).readonly(),
    transitions: z.array(transitionSchema).readonly(),
    backoff: z.array(backoffSchema).readonly(),
  })
  .readonly();

/** A change of an operation's codes, seen between two observations that follow each other. */
export type SeenTransition = z.output<typeof transitionSchema>;

/** The waits before each retry of one operation, on the target's clock. */
export type SeenBackoff = z.output<typeof backoffSchema>;

/** What a whole run saw of the lifecycle, passed checks included; for the pictures of the page. */
export type Seen = z.output<typeof seenSchema>;
