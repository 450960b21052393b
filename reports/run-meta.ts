import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { clauses } from '../contract/clauses.ts';
import { runMetaSchema, type RunMeta } from '../record/run-meta.ts';
import type { RunPlan } from '../record/run-plan.ts';

/** Where the report goes unless the plan of the run or the reporter's options say otherwise. */
export const defaultDirectory = 'conformance-report';

/**
 * What the reporter knows of a run: from its plan; where there is none, or where shards are joined, from
 * what Playwright's configuration carries (or carried, in the shards).
 *
 * @throws Error that says what is wrong with what is carried
 */
export function runMetaOf(plan: RunPlan | undefined, metadata: unknown): RunMeta {
  if (plan !== undefined && plan.kind !== 'merge') return plan.meta;
  const carried = carriedSchema.safeParse(metadata);
  if (!carried.success)
    throw new Error(`metadata.bgop of the configuration: ${z.prettifyError(carried.error)}`);
  const meta = carried.data?.bgop ?? {};
  return plan === undefined ? meta : { ...meta, strictness: plan.strictness };
}

const carriedSchema = z.object({ bgop: runMetaSchema.nullish() }).nullish();

/** The ids that a selection leaves out. */
export function leftOutBy(selected: readonly string[] | undefined): ReadonlySet<string> {
  if (selected === undefined) return new Set();
  const wanted = new Set(selected);
  return new Set(clauses.map(({ id }) => id).filter((id) => !wanted.has(id)));
}

/** Name and version of the suite, from the nearest package.json above this file. */
export function suiteOfPackage(): { name: string; version: string } {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      return { name, version };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of the suite was not found.');
}
