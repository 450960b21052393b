import { z } from 'zod';
import { caughtInSchema } from './caught-in.ts';
import { causeSchema } from './cause.ts';
import { evidenceSchema, instantSchema } from './evidence.ts';
import { blameSchema, checkParts, disruptionSchema } from './outcome.ts';
import { seenSchema } from './seen.ts';

/** Version of the result file's format; it grows when a reader of the old format would be misled. */
export const schemaVersion = 1;

const text = z.string();
const texts = z.array(text).readonly();
const count = z.int().min(0);

const verdictSchema = z.enum([
  'passed',
  'failed',
  'warned',
  'inconclusive',
  'not-tested',
  'observed',
  'known-deviation',
]);

/** The verdict on one clause, derived from the outcomes of its checks. */
export type Verdict = z.output<typeof verdictSchema>;

const checkSchema = z
  .object({
    ...checkParts,
    line: count.exactOptional(),
    /** Evidence of checks that did not pass; that of passed ones stands in `evidence/`, when asked for. */
    evidence: z.array(evidenceSchema).readonly().exactOptional(),
    evidenceFile: text
      .regex(/^evidence\/[^/\\]+\.json$/)
      .meta({ description: 'Relative to the result file.' })
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'check' });

/** Verdicts that only checks can lead to. All others say why. */
const decided: readonly Verdict[] = ['passed', 'failed', 'warned', 'observed'];

const clauseSchema = z
  .object({
    id: text.regex(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/),
    section: text,
    level: z.enum(['MUST', 'SHOULD', 'MAY']),
    basis: z.enum(['stated', 'shown', 'derived']),
    /** Address of the source, with anchor. */
    source: text.regex(/^https?:\/\//),
    /** What the document of the source is called; absent in results of earlier versions, as the next three are. */
    sourceTitle: text.exactOptional(),
    /** What to look for there, or how the clause follows from it. */
    sourceNote: text.exactOptional(),
    /** What a target must offer before the clause can be decided. */
    needs: texts.exactOptional(),
    duty: text,
    /** Why it matters to somebody who writes a client. */
    why: text.exactOptional(),
    verdict: verdictSchema,
    /** Why this verdict, in one sentence; always there unless plainly passed. */
    reason: text.exactOptional(),
    /** For a clause without a check: why, of which kind. */
    cause: causeSchema.exactOptional(),
    /** For an inconclusive clause: who is at fault, where it is not the target. */
    blame: blameSchema.exactOptional(),
    /** For a known deviation: the reason that its list gives. */
    knownDeviation: text.exactOptional(),
    /** Names of deviations that the suite was seen to catch with this clause (adequacy). */
    provenBy: texts.exactOptional(),
    /** The situations in which these were caught, as far as that can be told. */
    caughtIn: caughtInSchema.exactOptional(),
    checks: z.array(checkSchema).readonly(),
  })
  .readonly()
  .check(({ value: { verdict, reason, checks }, issues }) => {
    const wrong = (member: string, input: unknown, message: string): void => {
      issues.push({ code: 'custom', path: [member], input, message });
    };
    if (decided.includes(verdict)) {
      if (checks.length === 0) wrong('checks', checks, 'A clause without a check is never decided');
    } else if (reason === undefined || reason === '') {
      wrong('reason', reason, 'A clause that was not decided says why');
    }
  })
  .meta({
    id: 'clause',
    if: { properties: { verdict: { enum: decided } } },
    then: {
      properties: { checks: { description: 'A clause without a check is never decided.', minItems: 1 } },
    },
    else: { properties: { reason: { minLength: 1 } }, required: ['reason'] },
  });

const gateSchema = z
  .object({
    /** 0 held, 1 failed, 3 not finished. */
    status: count,
    /** Whether a pipeline stops. */
    failed: z.boolean(),
    /** One sentence for each reason: the option, the count, the first clauses, and what to do; empty for status 0. */
    why: texts,
  })
  .readonly()
  .meta({ description: 'The exit status of the run with its reasons.' });

const profileVerdictSchema = z
  .object({
    name: text,
    /** What a target does that has it; absent in results of earlier versions. */
    meaning: text.exactOptional(),
    verdict: z.enum(['conformant', 'not-conformant', 'undecided', 'not-offered']),
    /** Its required clauses by what became of them; their sum is the whole profile. */
    musts: z
      .object({
        held: count,
        /** Known deviations too. */
        broken: count,
        undecided: count,
        untested: count,
      })
      .readonly(),
  })
  .readonly();

const summarySchema = z
  .object({
    passed: count,
    failed: count,
    warned: count,
    inconclusive: count,
    notTested: count,
    observed: count,
    knownDeviations: count,
  })
  .readonly();

const runSchema = z
  .object({
    startedAt: instantSchema,
    durationMs: z.number().min(0),
    /** With which the run marked what it made in the target, see `bgop cleanup --run`. */
    id: text.exactOptional(),
    seed: z.number(),
    runs: z.number(),
    /** Set when the run did not end as planned: why, in one sentence. */
    incomplete: text.exactOptional(),
    /** What else makes the run fail, e.g. a known deviation that no longer deviates; each says what to change. */
    problems: texts.exactOptional(),
    /** What disturbed the run from outside, one entry a kind. */
    disruptions: z
      .array(disruptionSchema)
      .readonly()
      .meta({ description: 'What disturbed the run from outside, one entry a kind.' })
      .exactOptional(),
    /** Which part of a sharded run this file holds, e.g. "1/3", or "1+3/3" where not all were joined. */
    shard: text.exactOptional(),
    /** The patterns of `--only`, where given. */
    only: texts.exactOptional(),
    slow: z.boolean().exactOptional(),
    /** Requests that were sent to the target, without those of the clock interface and of the sign-in. */
    requests: count.exactOptional(),
    clock: z.enum(['real', 'virtual']).exactOptional(),
    /** The command that repeats this run. */
    command: text.exactOptional(),
    /** What the run says to a pipeline: its exit status and why. */
    gate: gateSchema.exactOptional(),
  })
  .readonly();

const sectionSchema = z.object({ id: text, title: text }).readonly();

const catalogueSchema = z
  .object({
    version: text,
    /** Date of the documentation that it was made from. */
    documentation: text,
    /** Its sections, in order; absent in results of earlier versions. */
    sections: z.array(sectionSchema).readonly().exactOptional(),
  })
  .readonly();

/** The result file, `conformance.json`. */
export const resultSchema = z
  .object({
    schemaVersion: z.literal(schemaVersion),
    suite: z.object({ name: text, version: text }).readonly(),
    catalogue: catalogueSchema.exactOptional(),
    target: z.object({ name: text, kind: text, url: text }).readonly(),
    run: runSchema,
    summary: summarySchema,
    /** Named sets of capabilities, each with a verdict of its own. */
    profiles: z
      .array(profileVerdictSchema)
      .readonly()
      .meta({ description: 'Named sets of capabilities, each with a verdict of its own.' })
      .exactOptional(),
    /** What the run saw of the lifecycle, for the pictures of the page. */
    seen: seenSchema.exactOptional(),
    clauses: z.array(clauseSchema).readonly(),
  })
  .readonly();

/** One check of a clause, as the result file keeps it. */
export type CheckResult = z.output<typeof checkSchema>;

/** One clause of the catalogue with its verdict. */
export type ClauseResult = z.output<typeof clauseSchema>;

/** The exit status of a run with its reasons. */
export type Gate = z.output<typeof gateSchema>;

/** The verdict on a named set of capabilities. */
export type ProfileVerdict = z.output<typeof profileVerdictSchema>;

/** A section of the catalogue by its name. */
export type NamedSection = z.output<typeof sectionSchema>;

/** Number of clauses by verdict; the sum is the whole catalogue. */
export type Summary = z.output<typeof summarySchema>;

/** The result file, see {@link resultSchema}. */
export type Result = z.output<typeof resultSchema>;
