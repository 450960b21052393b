import fc from 'fast-check';
import type { CheckTools } from './collect.ts';
import { curlOf, httpFileOf } from './curl.ts';
import type { Counterexample, Exchange } from '../record/evidence.ts';
import type { Replay } from '../record/run-plan.ts';
import { keptReplays, replayToken, requestedReplay } from './replay.ts';
import type { Target } from './target.ts';
import { Blocked, Broken, Ending, NotReached } from './verdict.ts';

/** How a law is searched for a counterexample. */
export interface LawOptions<T> {
  /** The case in words, one step a line; what a reader of the report sees. */
  readonly script: (value: T) => readonly string[];
  /** Share of the configured runs, for laws whose single run is expensive; 1 by default. */
  readonly share?: number;
  /** Cases that were found wrong before, or that must never be missed. */
  readonly examples?: readonly T[];
  /** A case moves the clock as it likes, so that none may be beside it. */
  readonly alone?: boolean;
}

/** So many cases are lived side by side: they share the moves of the clock, and no request waits for another case's. */
const sideBySide = 8;

/**
 * Searches for a case in which a law does not hold, the kept counterexamples first. In virtual time cases are
 * lived side by side, and one by one where something is found. The first one found is shrunk, run once more for
 * its evidence, and raised as {@link Broken} with the seed and the token that repeat it. A case that
 * cannot decide (blocked, not testable) ends the search with that ending; where what a few cases speak of
 * never comes about, the others are searched first.
 *
 * @param name names the law in the replay token; the test's title
 * @param law raises {@link Broken} where the case breaks the contract
 */
export async function forAll<T>(
  tools: Pick<CheckTools, 'properties' | 'transcript' | 'target'>,
  name: string,
  arbitrary: fc.Arbitrary<T>,
  law: (value: T) => Promise<void>,
  options: LawOptions<T>,
): Promise<void> {
  const { properties, transcript, target } = tools;
  let undecided: unknown;
  const unreached: NotReached[] = [];
  const run = async (value: T): Promise<void> => {
    if (undecided !== undefined) return;
    transcript.clear();
    try {
      await unspoiled(target, (first) => law(first ? value : fc.cloneIfNeeded(value)));
    } catch (error) {
      if (error instanceof Broken) throw error;
      if (error instanceof NotReached && unreached.push(error) < mostUnreached) return;
      undecided = error;
    }
  };
  const property = fc.asyncProperty(arbitrary, run);
  // A path counts the examples too.
  const examples =
    options.examples === undefined ? {} : { examples: options.examples.map((one): [T] => [one]) };
  const repeat = ({ seed, path }: Replay) =>
    fc.check(property, { seed, path, endOnFailure: true, numRuns: 1, ...examples });
  const { seed } = properties;
  const numRuns = Math.max(1, Math.ceil(properties.runs * (options.share ?? 1)));
  const oneByOne = (from: number, runs: number) =>
    fc.check(property, { seed, path: String(from), numRuns: runs, ...examples });
  const search = async (): Promise<fc.RunDetails<[T]> | undefined> => {
    // In real time eight at once may be more than a right target manages before a deadline, and a load on a tenant.
    if (options.alone === true || !target.clock.virtual)
      return fc.check(property, { seed, numRuns, ...examples });
    // The values that a check of the property would try, in the same order.
    const values = fc.sample(fc.tuple(arbitrary), { seed, numRuns, ...examples }).map(([value]) => value);
    for (let from = 0; from < numRuns && undecided === undefined; from += sideBySide) {
      const some = values.slice(from, from + sideBySide);
      transcript.clear();
      const bad = await together(target, some, law);
      if (bad === undefined) continue;
      const details = await oneByOne(from, some.length);
      if (details.failed) return { ...details, numRuns: from + details.numRuns };
      // It needs the others beside it.
      if (bad.telling !== undefined && undecided === undefined) throw bad.telling;
    }
    return undefined;
  };
  const requested = properties.replay?.law === name ? properties.replay : requestedReplay(name);
  const tries =
    requested === undefined
      ? [...keptReplays(name, properties.regressions).map((kept) => () => repeat(kept)), search]
      : [() => repeat(requested)];
  const raise = async (details: fc.RunDetails<[T]>): Promise<never> => {
    const [value] = details.counterexample ?? [];
    const broken = details.errorInstance;
    if (value === undefined || !(broken instanceof Ending)) throw broken;
    // What a case carries that remembers its use, such as a scheduler, begins anew.
    const last = await again(
      () => unspoiled(target, () => law(fc.cloneIfNeeded(value as T))),
      broken,
      transcript,
    );
    const exchanges = transcript.entries().filter((one): one is Exchange => one.kind === 'exchange');
    const seed = details.seed;
    const path = details.counterexamplePath ?? '';
    const counterexample: Counterexample = {
      kind: 'counterexample',
      seed,
      path,
      runs: details.numRuns,
      shrinks: details.numShrinks,
      script: options.script(value as T),
      curl: exchanges.map(curlOf),
      http: httpFileOf(exchanges, target.url),
      token: replayToken({ law: name, seed, path }),
    };
    throw new Broken(last.subject, last.expected, last.actual, {
      evidence: [counterexample, ...last.evidence.slice(1)],
      origin: last.origin,
    });
  };
  for (const attempt of tries) {
    const details = await attempt();
    if (undecided !== undefined) throw undecided;
    if (details?.failed === true) await raise(details);
  }
  if (unreached[0] !== undefined) throw unreached[0];
}

/**
 * Lives cases side by side.
 *
 * @returns undefined where the law holds of all; else they have to be looked at one by one. What tells of a breach, or
 *   of a fault of the suite, counts by itself in good weather.
 */
async function together<T>(
  { steady }: Pick<Target, 'steady'>,
  values: readonly T[],
  law: (value: T) => Promise<void>,
): Promise<{ readonly telling: unknown } | undefined> {
  const begin = steady?.part();
  const met = steady?.met;
  const ended = await Promise.allSettled(values.map((value) => law(fc.cloneIfNeeded(value))));
  const endings = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const calm = steady?.interrupted === undefined && steady?.met === met;
  if (endings.length === 0 && steady?.interrupted === undefined) return undefined;
  begin?.();
  return { telling: calm ? endings.find(tells) : undefined };
}

/** Whether a case that ended so shows a breach, or a fault of the suite, though it holds when it is lived alone. */
function tells(ending: unknown): boolean {
  if (ending instanceof Blocked) return ending.certain;
  return ending instanceof Broken || !(ending instanceof Ending);
}

/** Cases that do not come about, after which the others are given up: each may cost a long wait. */
const mostUnreached = 5;

/** How often one case is run at most where something between suite and target spoils it. */
const mostRuns = 6;

/**
 * Runs one case, and again as long as something from outside spoiled it: with hundreds of cases in a
 * check, the check as a whole would hardly ever be left in peace.
 */
async function unspoiled(
  { steady }: Pick<Target, 'steady'>,
  run: (first: boolean) => Promise<void>,
): Promise<void> {
  if (steady === undefined) return run(true);
  const begin = steady.part();
  for (let runs = 1; ; runs += 1) {
    const met = steady.met;
    try {
      await run(runs === 1);
      if (steady.interrupted === undefined || runs >= mostRuns) return;
    } catch (error) {
      const found = error instanceof Broken && steady.met > met && runs === 1;
      const spoiled = steady.interrupted !== undefined && runs < mostRuns;
      if (!found && !spoiled) throw error;
    }
    begin();
  }
}

/** Runs the shrunk case once more, so that the transcript tells of it; keeps the first ending if it differs. */
async function again(
  law: () => Promise<void>,
  first: Ending,
  transcript: { clear(): void },
): Promise<Broken> {
  transcript.clear();
  try {
    await law();
  } catch (error) {
    if (error instanceof Broken) return error;
  }
  if (first instanceof Broken) return first;
  throw first;
}
