import { z } from 'zod';
import { causeSchema } from './cause.ts';
import { instantSchema, type Evidence } from './evidence.ts';

/** What a check leaves behind: the raw outcome with its reasons. Nothing here judges a clause. */

const text = z.string();
const texts = z.array(text).readonly();

const outcomeSchema = z.enum(['passed', 'failed', 'inconclusive', 'not-tested', 'unanswered', 'error']);

/** Who is at fault where it is not the target, see {@link Blame}. */
export const blameSchema = z
  .enum(['gateway', 'network', 'sign-in', 'clock', 'listener', 'restart', 'neighbour', 'suite'])
  .meta({
    id: 'blame',
    description: 'Who is at fault for what could not be decided, where it is not the target.',
  });

/** What disturbed a run from outside, see {@link Disruption}. */
export const disruptionSchema = z
  .object({
    source: blameSchema,
    /** What happened, in one plain sentence without a full stop, e.g. "a gateway answered 502 to GET". */
    message: text,
    times: z.int().min(1),
  })
  .readonly();

const finding = {
  clause: text,
  /** What was observed, in one sentence; for a value "expected …, got …". */
  reason: text,
  /** Whether it was seen a second time, by the check when it was run again or by an earlier one. */
  again: z.boolean().meta({ description: 'Whether it was seen a second time.' }),
};
const certain = z
  .boolean()
  .meta({ description: 'Whether an answer shows it by itself; else it was concluded.' });

const findingSchema = z.object({ ...finding, certain }).readonly();

/** A finding as results have it; those of earlier versions do not say whether it is certain. */
const keptFindingSchema = z.object({ ...finding, certain: certain.exactOptional() }).readonly();

/** What the raw outcome of a check and its place in the result file have in common. */
export const checkParts = {
  title: text,
  /** Relative to the suite's root. */
  file: text,
  /** Which branch of the clause was checked, e.g. "after failure". */
  branch: text.exactOptional(),
  outcome: outcomeSchema,
  /** In one sentence; for a failure "expected …, got …". */
  reason: text.exactOptional(),
  /** Why it was not decided, where that is of a known kind. */
  cause: causeSchema.exactOptional(),
  /** Who is at fault for a check that could not be decided, where it is not the target. */
  blame: blameSchema.exactOptional(),
  /** The clause whose breach kept the check from deciding. */
  blockedBy: text
    .meta({ description: 'The clause whose breach kept the check from deciding.' })
    .exactOptional(),
  /** Breaches of other clauses that the check met; each is charged to its clause. */
  findings: z
    .array(keptFindingSchema)
    .readonly()
    .meta({ description: 'Breaches of other clauses that the check met; each is charged to its clause.' })
    .exactOptional(),
  /** Set where a breach was seen once, and not again when the check was run again. */
  seenOnce: z
    .literal(true)
    .meta({ description: 'A breach was seen once, and not again when the check was run again.' })
    .exactOptional(),
  /** Where the check was made of a finding: the clause whose check met it. */
  metBy: text
    .meta({ description: 'Where the check was made of a finding: the clause whose check met it.' })
    .exactOptional(),
  /** The titles of all checks that met the same breach, where they are several. */
  places: texts.meta({ description: 'The titles of all checks that met the same breach.' }).exactOptional(),
  /** What a MAY check saw, in short sentences. */
  observed: texts.exactOptional(),
  durationMs: z.number().min(0),
};

/**
 * What one test tells of one clause, as a record of a run keeps it, see {@link RawCheck}. What a target made of
 * a number or of a piece of evidence costs no outcome: the report mends it when it is written.
 */
export const rawCheckSchema = z
  .object({
    clause: text,
    ...checkParts,
    line: z.int().min(0).catch(0),
    durationMs: z.number().min(0).catch(0),
    findings: z.array(findingSchema).readonly().exactOptional(),
    /** Set where what the check speaks of never came about, since the target breaks the clause that blocks it. */
    unreached: z.literal(true).exactOptional(),
    startedAt: instantSchema,
    evidence: z.array(z.custom<Evidence>()).readonly(),
  })
  .readonly();

/** What the harness hands over of one check; title, place and times come from whoever ran it. */
export const toldCheckSchema = rawCheckSchema
  .unwrap()
  .omit({ clause: true, title: true, file: true, line: true, startedAt: true, durationMs: true })
  .extend({ clause: text.exactOptional(), evidence: z.array(z.custom<Evidence>()).readonly().default([]) })
  .readonly();

/**
 * How a check ended, before any verdict: `inconclusive` could not decide, `not-tested` lacked what it
 * needs, `unanswered` got no usable answer from the target (refused, reset, timed out), `error` is a
 * fault of the suite itself.
 */
export type Outcome = z.output<typeof outcomeSchema>;

/**
 * Who is at fault for a check that could not be decided, where it is not the target's contract: what
 * stands between suite and target, what they both depend on, or the suite itself.
 */
export type Blame = z.output<typeof blameSchema>;

/** What disturbed a run from outside, one entry a kind. */
export type Disruption = z.output<typeof disruptionSchema>;

/**
 * A breach of a clause that a check observed on its way, while it decides another one: charged to the
 * clause that is broken, by `reports/charges.ts`.
 */
export type Finding = z.output<typeof findingSchema>;

/** What one test tells of one clause. */
export type RawCheck = z.output<typeof rawCheckSchema>;
