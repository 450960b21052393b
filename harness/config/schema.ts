import { z } from 'zod';
import { readReplayToken } from '../replay.ts';
import { targetSchema } from './target-schema.ts';
import { address, flag, milliseconds, port, text, whole } from './wanted.ts';

const listener = z.strictObject({
  host: text('a host name or address to listen on').default('127.0.0.1'),
  /** 0: a free port. */
  port: port(0).default(0),
  /** The name under which the target knows `host`, when it is another machine's or a container. */
  hostName: text('a host name').nullable().default(null),
  /** The address under which the target reaches the listener, when that is not `host` and `port`. */
  publicUrl: address('the public http or https address of the listener').nullable().default(null),
  /** The largest body that the listener takes, in bytes. */
  maxBodyBytes: whole(1024).default(20_000_000),
});

const wantedToken = 'the token of a counterexample, as a report shows it (bgop1.…)';
const token = z
  .string({ error: wantedToken })
  .refine((text) => readReplayToken(text) !== undefined, { error: wantedToken });

const properties = z.strictObject({
  /** Seed of the property-based specs; absent: chosen when the configuration is loaded. */
  seed: whole(0).optional(),
  /** Cases a property. */
  runs: whole(1).default(100),
  /** Counterexamples that were found once: their laws try them first, in every run. */
  regressions: z
    .array(z.strictObject({ token, note: z.string({ error: 'what it showed' }).optional() }), {
      error: 'a list of {"token", "note"?}',
    })
    .default([]),
});

const polling = z.strictObject({
  /** First interval between two polls on a real clock. */
  firstMs: milliseconds(1).optional(),
  /** Each interval is this many times the one before … */
  factor: z.number({ error: 'a number from 1 to 10' }).min(1).max(10).optional(),
  /** … up to this. */
  maxMs: milliseconds(1).optional(),
});

const timeouts = z.strictObject({
  /** Longest silence of one request. */
  requestMs: milliseconds(1).default(30_000),
  /** Longest time in which nothing gets ahead; then the run ends as not finished. */
  progressMs: milliseconds(1).default(60_000),
  /** Longest time that one request waits because the target asks for it (429, or 503 with Retry-After). */
  patienceMs: milliseconds(0).default(600_000),
  /** Longest time that a target which is starting, or is away in the midst of a run, is waited for. */
  waitMs: milliseconds(0).default(0),
});

const budget = z.strictObject({
  /** Requests that a run may send; null: no bound. */
  requests: whole(1).nullable().default(null),
  /** Longest real time that one check may wait for retries and the like without `slow`. */
  waitMs: milliseconds(0).default(30_000),
});

/** The configuration file, with every default. */
export const configSchema = z.strictObject({
  /** For editors; not looked at. */
  $schema: z.string().optional(),
  target: targetSchema.default(() => targetSchema.parse({ kind: 'simulator' })),
  listener: listener.default(() => listener.parse({})),
  /** Path of the list of known deviations, relative to the configuration file; absolute once loaded. */
  knownDeviations: text('the path of a JSON file').nullable().default(null),
  properties: properties.default(() => properties.parse({})),
  polling: polling.default(() => polling.parse({})),
  timeouts: timeouts.default(() => timeouts.parse({})),
  budget: budget.default(() => budget.parse({})),
  slow: flag().default(false),
});
