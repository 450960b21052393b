import { performance } from 'node:perf_hooks';
import { againWhereSpoiled } from './again.ts';
import { Check, unrun, whyNot, type CheckRecord } from './check.ts';
import type { SuiteSession } from './suite-session.ts';
import { confirmed } from './check/rerun.ts';
import { thrownIn } from './check/run-body.ts';
import { annotated, needsOf, startCollecting, type DeclaredCheck } from './collect.ts';
import type { RawCheck } from '../record/outcome.ts';
import { Ending } from './verdict.ts';

/** A collected test with the file that declares it. */
export interface CollectedCheck extends DeclaredCheck {
  readonly file: string;
}

/** Imports spec files and collects their tests. `files` maps the name for the report to the file's URL. */
export async function collectChecks(files: ReadonlyMap<string, string>): Promise<CollectedCheck[]> {
  const list = startCollecting();
  const result: CollectedCheck[] = [];
  for (const [file, url] of files) {
    const before = list.length;
    await import(url);
    result.push(...list.slice(before).map((one) => ({ ...one, file })));
  }
  return result;
}

const checkLimitMs = 60_000;

/**
 * Runs one collected test in this process, without Playwright: what the self-test and the mutation
 * runs use, where thousands of checks are run against hundreds of targets.
 */
export async function runCheck(
  collected: CollectedCheck,
  world: SuiteSession,
  limitMs = checkLimitMs,
): Promise<RawCheck[]> {
  const { annotation } = collected.details;
  const ids = annotated(annotation, 'clause');
  const [branch] = annotated(annotation, 'branch');
  const startedAt = new Date().toISOString();
  const began = performance.now();
  const cause = whyNot(ids, needsOf(annotation), world.target);
  const record = cause === undefined ? await attempt(collected, world, limitMs) : unrun(cause);
  return ids.map((id) => ({
    clause: id,
    title: collected.title,
    file: collected.file,
    line: 0,
    ...(branch === undefined ? {} : { branch }),
    startedAt,
    durationMs: Math.round(performance.now() - began),
    ...record,
  }));
}

/** Runs a check, again where something spoiled it, and once more where it failed. */
async function attempt(
  { body, details }: CollectedCheck,
  world: SuiteSession,
  limitMs: number,
): Promise<CheckRecord> {
  const run = (check: Check): Promise<unknown> => thrownIn(body, check, limitMs);
  const once = async (check: Check): Promise<CheckRecord> => {
    // An ending keeps its check alive, and with it all that the check has seen.
    Ending.raised.clear();
    const thrown = await run(check);
    await check.lookAround(thrown);
    const record = await againWhereSpoiled(world, { check, record: check.record(thrown) }, run);
    await world.events.registrations.tidy();
    return record;
  };
  const began = performance.now();
  const first = await once(new Check(world));
  const tookMs = performance.now() - began;
  const clauses = annotated(details.annotation, 'clause');
  return confirmed(first, {
    world,
    clauses,
    tookMs,
    again: (replay) => once(new Check(world, true, replay)),
  });
}
