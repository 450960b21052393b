import { Check, type CheckRecord } from './check.ts';
import type { SuiteSession } from './suite-session.ts';
import type { Evidence } from '../record/evidence.ts';

/** How often a check is run at most where something between suite and target spoils it. */
const mostRuns = 6;
/** How often one that found a breach is run at most, where something disturbed it meanwhile. */
const mostFindings = 2;

/** One run of a check that has ended. */
export interface EndedRun {
  readonly check: Check;
  readonly record: CheckRecord;
}

/**
 * Runs a check again from its start as long as something from outside spoiled it: each check is
 * independent of all others, so that another run decides what this one could not. What the earlier
 * runs left behind is kept as evidence.
 *
 * @param first the run that has ended
 * @param run carries out the body with a fresh check, settles it, and gives what it threw
 */
export async function againWhereSpoiled(
  world: SuiteSession,
  first: EndedRun,
  run: (check: Check) => Promise<unknown>,
): Promise<CheckRecord> {
  let { record } = first;
  const earlier: Evidence[] = [];
  for (let runs = 1; isSpoiled(world, record, runs); runs += 1) {
    if ((await world.target.watch?.calm()) === false) break;
    earlier.push(
      { kind: 'remark', text: `Run ${runs} could not be judged and was begun again: ${record.reason ?? ''}` },
      ...record.evidence.map(withoutId),
    );
    const check = new Check(world, true);
    const thrown = await run(check);
    await check.lookAround(thrown);
    record = check.record(await check.withListener(thrown));
  }
  if (earlier.length === 0) return record;
  const last: Evidence = { kind: 'remark', text: 'The last run:' };
  return {
    ...record,
    evidence: [
      ...record.evidence.filter(isMismatch),
      ...earlier,
      last,
      ...record.evidence.filter((one) => !isMismatch(one)),
    ],
  };
}

function isSpoiled(
  { target: { steady, manners, watch } }: SuiteSession,
  { outcome }: CheckRecord,
  runs: number,
): boolean {
  if (steady === undefined) return false;
  if (steady.interrupted !== undefined || watch?.interrupted !== undefined) return runs < mostRuns;
  if (runs >= mostFindings) return false;
  const disturbed = steady.met > 0 || (manners?.disturbedMs ?? 0) > 0;
  return disturbed && (outcome === 'failed' || outcome === 'inconclusive');
}

/** What was expected and what came stays first, where a reader looks for it. */
function isMismatch({ kind }: Evidence): boolean {
  return kind === 'mismatch' || kind === 'counterexample';
}

/** A mismatch of the last run must not find an exchange of an earlier one by its id. */
function withoutId(piece: Evidence): Evidence {
  if (piece.kind !== 'exchange' && piece.kind !== 'received') return piece;
  const { id, ...rest } = piece;
  return id === undefined ? piece : rest;
}
