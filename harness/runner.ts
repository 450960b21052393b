import { performance } from 'node:perf_hooks';
import { againWhereSpoiled } from './again.ts';
import { Check, whyNot, type World } from './check.ts';
import { annotated, needsOf, startCollecting, type DeclaredCheck } from './collect.ts';
import type { RawCheck } from './evidence.ts';
import { Undecided } from './verdict.ts';

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
  world: World,
  limitMs = checkLimitMs,
): Promise<RawCheck[]> {
  const { annotation } = collected.details;
  const ids = annotated(annotation, 'clause');
  const [branch] = annotated(annotation, 'branch');
  const startedAt = new Date().toISOString();
  const began = performance.now();
  const reason = whyNot(ids, needsOf(annotation), world.target);
  const record =
    reason === undefined
      ? await attempt(collected, world, limitMs)
      : { outcome: 'not-tested' as const, reason, evidence: [] };
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

async function attempt(
  collected: CollectedCheck,
  world: World,
  limitMs: number,
): Promise<ReturnType<Check['record']>> {
  const check = new Check(world);
  const first = { check, record: check.record(await thrownIn(collected, check, limitMs)) };
  return againWhereSpoiled(world, first, (fresh) => thrownIn(collected, fresh, limitMs));
}

async function thrownIn(collected: CollectedCheck, check: Check, limitMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Undecided(`the check did not end within ${limitMs / 1000} s`)),
      limitMs,
    );
  });
  let thrown: unknown;
  try {
    await Promise.race([collected.body(check), late]);
  } catch (error) {
    thrown = error;
  } finally {
    clearTimeout(timer);
  }
  try {
    check.settle();
  } catch (error) {
    thrown ??= error;
  }
  return thrown;
}
