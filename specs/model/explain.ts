import { limits } from '../../contract/vocabulary.ts';
import type { Advance, History, Observation, Shown } from './history.ts';
import {
  accepted,
  driftsTo,
  lifeKey,
  mayRefuseCancel,
  onAttempt,
  onAttemptEnd,
  onCancelAccepted,
  shows,
  type Life,
  type Surroundings,
} from './life.ts';

/** A life with the open observations that it has explained so far, one bit each. */
interface Candidate {
  readonly life: Life;
  readonly done: number;
}

/** The end of an attempt to explain a history: undefined, or where it failed and what was possible then. */
export interface Contradiction {
  readonly observation: Observation;
  readonly possible: readonly Life[];
}

/** An end of an interval: an observation opens or closes, or the clock moves. */
interface Point {
  readonly at: number;
  readonly order: number;
  readonly observation?: Observation;
  readonly advance?: Advance;
  readonly opens: boolean;
}

const slotsAtMost = 30;

/**
 * Looks for a life that explains every observation of one operation: each holds at some moment of its
 * interval. Sweeps over the ends of the intervals and keeps every life that is still possible, so the
 * cost grows with the number of observations and not with the number of orders they could have had.
 */
export function explain(observations: readonly Observation[], history: History): Contradiction | undefined {
  const points = pointsOf(observations, history);
  const open = new Map<Observation, number>();
  const virtual = history.advances !== undefined;
  let around: Surroundings = {
    now: history.begun ?? 0,
    flowing: !virtual,
    expiresAt: Number.POSITIVE_INFINITY,
    ...(history.attemptsUnseen === undefined ? {} : { attemptsUnseen: history.attemptsUnseen }),
  };
  let candidates: Candidate[] = [];
  for (const { observation, advance, opens, at } of points) {
    if (advance !== undefined) {
      // While it moves, the clock may show anything up to where it will end.
      around = { ...around, now: advance.now, flowing: opens };
    } else if (!virtual) around = { ...around, now: at };
    if (observation === undefined) {
      candidates = closure(candidates, open, around);
      continue;
    }
    if (observation.sight.kind === 'accepted') {
      if (!opens) continue;
      candidates = [{ life: accepted, done: 0 }];
      around = { ...around, expiresAt: around.now + (history.keptMs ?? limits.ttlSeconds * 1000) };
    } else if (opens) {
      open.set(observation, freeSlot(open));
    }
    const before = closure(candidates, open, around);
    if (opens) {
      candidates = before;
      continue;
    }
    const bit = 1 << (open.get(observation) ?? 0);
    open.delete(observation);
    candidates = before
      .filter((one) => (one.done & bit) !== 0)
      .map((one) => ({ ...one, done: one.done & ~bit }));
    if (candidates.length === 0) return { observation, possible: distinct(before) };
  }
  return undefined;
}

function pointsOf(observations: readonly Observation[], history: History): Point[] {
  const points: Point[] = [];
  for (const observation of observations) {
    points.push({ at: observation.from, order: 1, observation, opens: true });
    points.push({ at: observation.to, order: 2, observation, opens: false });
  }
  const from = Math.min(...observations.map((one) => one.from));
  const to = Math.max(...observations.map((one) => one.to));
  for (const advance of history.advances ?? []) {
    if (advance.to < from || advance.from > to) continue;
    points.push(
      { at: advance.from, order: 0, advance, opens: true },
      { at: advance.to, order: 3, advance, opens: false },
    );
  }
  return points.sort((one, other) => one.at - other.at || one.order - other.order);
}

function freeSlot(open: ReadonlyMap<Observation, number>): number {
  const taken = new Set(open.values());
  for (let slot = 0; slot < slotsAtMost; slot += 1) if (!taken.has(slot)) return slot;
  throw new Error(`More than ${slotsAtMost} observations of one operation overlap; record fewer at once.`);
}

/** Everything that is possible from here without further points: drifts, and open observations explained. */
function closure(
  start: readonly Candidate[],
  open: ReadonlyMap<Observation, number>,
  around: Surroundings,
): Candidate[] {
  const kept = new Map<string, Candidate[]>();
  const work = [...start];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const candidate = { life: next.life, done: explained(next, open) };
    if (!keep(kept, candidate)) continue;
    for (const life of driftsTo(candidate.life, around)) work.push({ life, done: candidate.done });
    for (const [observation, slot] of open) {
      if ((candidate.done & (1 << slot)) !== 0) continue;
      for (const life of turnedBy(candidate.life, observation, around))
        work.push({ life, done: candidate.done | (1 << slot) });
    }
  }
  return [...kept.values()].flat();
}

/** Keeps a candidate unless one with the same life has explained as much; drops those that explained less. */
function keep(kept: Map<string, Candidate[]>, candidate: Candidate): boolean {
  const key = lifeKey(candidate.life);
  const same = kept.get(key) ?? [];
  if (same.some((one) => (one.done & candidate.done) === candidate.done)) return false;
  kept.set(key, [...same.filter((one) => (one.done & candidate.done) !== one.done), candidate]);
  return true;
}

/** The open observations that only look: a life explains them by being as they saw it. */
function explained(candidate: Candidate, open: ReadonlyMap<Observation, number>): number {
  let done = candidate.done;
  for (const [observation, slot] of open) if (looksLike(candidate.life, observation)) done |= 1 << slot;
  return done;
}

function looksLike(life: Life, { sight }: Observation): boolean {
  switch (sight.kind) {
    case 'read':
      return fits(life, sight.shown, sight.resource);
    case 'callback':
    case 'event':
      return life.phase === 'ended' && fits(life, sight.shown, sight.kind);
    case 'missing':
      return life.phase === 'gone';
    case 'cancel-refused':
      return mayRefuseCancel(life);
    default:
      return false;
  }
}

function fits(life: Life, shown: Shown, resource: 'monitor' | 'row' | 'callback' | 'event'): boolean {
  if (!shows(life, shown.state, shown.status)) return false;
  if (shown.error === true && !life.failed) return false;
  if (shown.error === false && life.final === 31 && life.failed && resource !== 'event') return false;
  if (shown.outputs === true && life.final !== 30) return false;
  return shown.retryCount === undefined || retriesFit(life, shown.retryCount);
}

/** At rest the count is exact; before, it may be of either side of a retry that is under way. */
function retriesFit(life: Life, retryCount: number): boolean {
  const made = Math.max(0, life.attempts - 1);
  if (life.phase === 'ended') return retryCount === made;
  return retryCount >= 0 && retryCount <= Math.min(limits.retries, made + 1);
}

/** The lives that an observation turns a life into: it changes something, and does so once. */
function turnedBy(life: Life, { sight }: Observation, around: Surroundings): Life[] {
  switch (sight.kind) {
    case 'cancel-accepted':
      return [onCancelAccepted(life)].filter((one) => one !== undefined);
    case 'attempt-begins':
      return [onAttempt(life, sight.time ?? around.now)].filter((one) => one !== undefined);
    case 'attempt-ends':
      return onAttemptEnd(life, sight.outcome, sight.time ?? around.now);
    default:
      return [];
  }
}

function distinct(candidates: readonly Candidate[]): Life[] {
  return [...new Map(candidates.map((one) => [lifeKey(one.life), one.life])).values()];
}
