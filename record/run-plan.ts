import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runMetaSchema, strictnessSchema } from './run-meta.ts';

/** The one environment variable by which the processes of a run find its plan: the path of the file. */
export const runPlanVariable = 'BGOP_RUN_PLAN';

const replaySchema = z
  .object({
    /** The title of the test that states the law. */
    law: z.string(),
    seed: z.number(),
    path: z.string(),
  })
  .readonly();

const suiteRun = {
  /** The configuration with every default; its own schema is that of `harness/config.ts`. */
  config: z.looseObject({}),
  meta: runMetaSchema,
};

const verifySchema = z
  .strictObject({
    kind: z.literal('verify'),
    ...suiteRun,
    /** The folder of the report, absolute. */
    report: z.string(),
    /** The folder of what the processes of the run share while it lasts, absolute; see {@link scratchFiles}. */
    scratch: z.string(),
    /** The one case of one law that is wanted. */
    replay: replaySchema.exactOptional(),
    /** Which part of a run over several machines this is; numbers from 1. */
    shard: z.object({ number: z.number(), of: z.number() }).readonly().exactOptional(),
  })
  .readonly();

const playwrightSchema = z.strictObject({ kind: z.literal('playwright'), ...suiteRun }).readonly();

const mergeSchema = z
  .strictObject({
    kind: z.literal('merge'),
    /** The folder of the report, absolute. */
    report: z.string(),
    /** How strictly the gate judges the joined run; the strictness of the shards counts no more. */
    strictness: strictnessSchema,
    /** Folders in which killed shards left their journals. */
    killed: z.array(z.string()).readonly(),
    /** Where not every shard was given: those that were, as "1+3/3", and those that were not, as "2 of 3". */
    partial: z.object({ given: z.string(), missing: z.string() }).readonly().exactOptional(),
  })
  .readonly();

/**
 * What the command line tells the processes of a run, as one value: `verify` for a run of `bgop verify`,
 * `playwright` for one that Playwright was told to make by itself, `merge` for `bgop report merge`.
 */
const runPlanSchema = z.discriminatedUnion('kind', [verifySchema, playwrightSchema, mergeSchema]);

/** What repeats one counterexample on any target: the law, fast-check's seed and its path to the case. */
export type Replay = z.output<typeof replaySchema>;

/** A run plan, see {@link runPlanSchema}. */
export type RunPlan = z.output<typeof runPlanSchema>;

/** The plan of a run that carries out checks. */
export type SuiteRunPlan = Extract<RunPlan, { kind: 'verify' | 'playwright' }>;

/** The files in the scratch folder of a run. */
export function scratchFiles(
  scratch: string,
): Record<'plan' | 'requests' | 'disruptions' | 'output', string> {
  const file = (name: string): string => path.join(scratch, name);
  return {
    plan: file('run-plan.json'),
    /** One byte for each request that was sent. */
    requests: file('requests'),
    /** One line for each time that something disturbed the run from outside. */
    disruptions: file('disruptions'),
    /** For Playwright. */
    output: file('output'),
  };
}

/**
 * Writes a run plan into a folder, for the user of this process alone: a configuration may carry secrets of a container.
 *
 * @returns the environment by which other processes find it
 */
export function writeRunPlan(folder: string, plan: RunPlan): Record<typeof runPlanVariable, string> {
  const { plan: file } = scratchFiles(folder);
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600, flag: 'wx' });
  return { [runPlanVariable]: file };
}

/** The plan that this process has read: a file that never changes, so it is read once. */
let known: { readonly file: string; readonly plan: RunPlan } | undefined;

/**
 * The plan of the run that this process belongs to; undefined where it belongs to none.
 *
 * @throws Error that says what is wrong with the plan
 */
export function currentRunPlan(environment: NodeJS.ProcessEnv = process.env): RunPlan | undefined {
  const file = environment[runPlanVariable];
  if (file === undefined || file === '') return undefined;
  if (known?.file !== file) known = { file, plan: readRunPlan(file) };
  return known.plan;
}

/** The plan of a run that carries out checks, see {@link currentRunPlan}. */
export function currentSuiteRun(environment: NodeJS.ProcessEnv = process.env): SuiteRunPlan | undefined {
  const plan = currentRunPlan(environment);
  return plan?.kind === 'merge' ? undefined : plan;
}

/** The files that the processes of this run share; undefined where it has none. */
export function sharedFiles(): ReturnType<typeof scratchFiles> | undefined {
  const plan = currentRunPlan();
  return plan?.kind === 'verify' ? scratchFiles(plan.scratch) : undefined;
}

function readRunPlan(file: string): RunPlan {
  const wrong = (why: string): Error =>
    new Error(
      `${runPlanVariable} names ${file}, which is not the plan of a run: ${why}. "bgop verify" sets it for its own processes; do not set it yourself.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The message of JSON.parse quotes the text.
    throw wrong(error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message);
  }
  const parsed = runPlanSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw wrong(parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
}
