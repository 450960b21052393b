import { z } from 'zod';
import type { Need } from '../contract/clause.ts';
import { capabilities } from '../contract/needs.ts';
import { caughtInSchema } from './caught-in.ts';

const text = z.string();
const texts = z.array(text).readonly();

/** One entry of the list of known deviations, as far as verdicts need it. */
const knownDeviationSchema = z
  .object({
    reason: text,
    /** A regular expression that the reason of the failure must match. */
    pattern: text.exactOptional(),
  })
  .readonly();

/** How strictly the gate judges a run. */
export const strictnessSchema = z
  .object({
    /** `--strict`: inconclusive and untested MUST clauses fail the run; those that have no check yet do not. */
    strict: z.boolean().optional(),
    /** `--require`: sections of which no clause may stay untested, and profiles (`profile:core`) that must hold. */
    require: texts.optional(),
  })
  .readonly();

/**
 * What the reporter knows of a run besides its checks. It stands in the run plan, in the journal, and as
 * `metadata.bgop` in the configuration that Playwright keeps in the part of a shard.
 */
export const runMetaSchema = z
  .object({
    suite: z.object({ name: text, version: text }).readonly().exactOptional(),
    target: z.object({ name: text, kind: text, url: text }).readonly().exactOptional(),
    /** With which the run marks what it makes in the target; `bgop cleanup --run` finds it by this. */
    id: text.exactOptional(),
    seed: z.number().exactOptional(),
    runs: z.number().exactOptional(),
    slow: z.boolean().exactOptional(),
    clock: z.enum(['real', 'virtual']).exactOptional(),
    /** The command that repeats the run. */
    command: text.exactOptional(),
    /** The patterns of `--only`. */
    only: texts.exactOptional(),
    /** Ids that the patterns select; everything when absent. */
    selected: texts.exactOptional(),
    /** What the target offers. */
    offers: z
      .array(z.enum(Object.keys(capabilities) as Need[]))
      .readonly()
      .exactOptional(),
    /** Whether evidence of passed checks is wanted too. */
    evidence: z.boolean().exactOptional(),
    knownDeviations: z.record(text, knownDeviationSchema).readonly().exactOptional(),
    proven: z.record(text, texts).readonly().exactOptional(),
    /** By clause: the situations in which deviations were caught. */
    caughtIn: z.record(text, caughtInSchema).readonly().exactOptional(),
    /** What failed the run before it began, e.g. an expired known deviation. */
    problems: texts.exactOptional(),
    strictness: strictnessSchema.exactOptional(),
  })
  .readonly();

/** A known deviation, see {@link knownDeviationSchema}. */
export type KnownDeviation = z.output<typeof knownDeviationSchema>;

/** How strictly a run is judged, see {@link strictnessSchema}. */
export type Strictness = z.output<typeof strictnessSchema>;

/** What the reporter knows of a run, see {@link runMetaSchema}. */
export type RunMeta = z.output<typeof runMetaSchema>;
