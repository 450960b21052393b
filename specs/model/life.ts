import { limits, type StatusCode } from '../../contract/vocabulary.ts';

/**
 * One life that an operation may be leading, as far as the documentation lets a client tell. Where it
 * is silent several lives are possible at once; observations narrow them. The lives are the model's
 * own: the simulator has no part in them.
 */
export interface Life {
  /**
   * `waiting` for its first attempt, `starting` one that has not reached the suite yet, `running` one,
   * `ending` it after the probe's answer, `between` two attempts, at its end, or expired.
   */
  readonly phase: 'waiting' | 'starting' | 'running' | 'ending' | 'between' | 'ended' | 'gone';
  /** Attempts that reached the suite. */
  readonly attempts: number;
  readonly canceled: boolean;
  /** Whether an attempt has failed. */
  readonly failed: boolean;
  /** How the attempt ended that is `ending`. */
  readonly outcome: AttemptOutcome | undefined;
  /** The status code at the end. */
  readonly final: 30 | 31 | 32 | undefined;
  /** When the running attempt began, on the target's clock; milliseconds. */
  readonly since: number;
}

/**
 * How an attempt ends: by success, by an error that is not the platform's, by one of the platform's
 * (whether that is retried is left open), or by the time limit.
 */
export type AttemptOutcome = 'succeeded' | 'failed' | 'failed-with-code' | 'timed-out';

/** The life of an operation that has just been accepted. */
export const accepted: Life = {
  phase: 'waiting',
  attempts: 0,
  canceled: false,
  failed: false,
  outcome: undefined,
  final: undefined,
  since: 0,
};

/** What surrounds a step: the target's clock at its latest, and whether it moves at all. */
export interface Surroundings {
  /** The latest that the target's clock may show; milliseconds. */
  readonly now: number;
  /** Nothing starts on a virtual clock that stands still. */
  readonly flowing: boolean;
  /** When the operation may be gone at the earliest. */
  readonly expiresAt: number;
  /** Whether attempts begin and end without being seen, as in traffic that shows requests only. */
  readonly attemptsUnseen?: boolean;
}

const attemptsAtMost = limits.retries + 1;

/** The status codes that a life may show. State codes follow from them, but between two attempts. */
export function shows(life: Life, state: number, status: number): boolean {
  switch (life.phase) {
    case 'waiting':
      return life.canceled ? is(state, status, 2, 22) : is(state, status, 0, 0);
    case 'starting':
    case 'running':
    case 'ending':
      return is(state, status, 2, life.canceled ? 22 : 20);
    case 'between':
      return life.canceled ? is(state, status, 2, 22) : is(state, status, 0, 0) || is(state, status, 2, 20);
    case 'ended':
      return state === 3 && status === life.final;
    case 'gone':
      return false;
  }
}

function is(state: number, status: number, wantedState: number, wantedStatus: StatusCode): boolean {
  return state === wantedState && status === wantedStatus;
}

/** The lives that may follow by themselves, one step on. */
export function driftsTo(life: Life, around: Surroundings): Life[] {
  switch (life.phase) {
    case 'waiting':
      if (life.canceled) return [ended(life, 32)];
      return around.flowing ? [{ ...life, phase: 'starting' }] : [];
    case 'starting':
      return [
        // Canceled before anybody could see it start, it may as well never execute.
        ...(life.canceled ? [ended(life, 32)] : []),
        ...(around.attemptsUnseen === true ? afterUnseenAttempt(life) : []),
      ];
    case 'running':
      return around.now - life.since >= limits.attemptMilliseconds ? [ending(life, 'timed-out')] : [];
    case 'ending':
      return afterAttempt(life);
    case 'between':
      return [
        ...(life.canceled ? [ended(life, 31), ended(life, 32)] : []),
        // That a canceled operation is not retried is a SHOULD here, so it stays possible.
        ...(around.flowing ? [{ ...life, phase: 'starting' as const }] : []),
      ];
    case 'ended':
      return around.now >= around.expiresAt ? [{ ...life, phase: 'gone' }] : [];
    case 'gone':
      return [];
  }
}

/** An attempt that nobody saw may have ended in any way. */
function afterUnseenAttempt(life: Life): Life[] {
  if (life.attempts >= attemptsAtMost) return [];
  const next = { ...life, attempts: life.attempts + 1 };
  return (['succeeded', 'failed-with-code'] as const).flatMap((outcome) =>
    afterAttempt({ ...next, outcome, failed: life.failed || outcome !== 'succeeded' }),
  );
}

function afterAttempt(life: Life): Life[] {
  if (life.outcome === 'succeeded')
    return life.canceled ? [ended(life, 30), ended(life, 32)] : [ended(life, 30)];
  if (life.canceled) return [ended(life, 31), ended(life, 32)];
  const between: Life = { ...life, phase: 'between', outcome: undefined };
  if (life.attempts >= attemptsAtMost) return [ended(life, 31)];
  return life.outcome === 'failed' ? [between] : [between, ended(life, 31)];
}

function ended(life: Life, final: 30 | 31 | 32): Life {
  return { ...life, phase: 'ended', outcome: undefined, final, since: 0 };
}

function ending(life: Life, outcome: AttemptOutcome): Life {
  return { ...life, phase: 'ending', outcome, failed: life.failed || outcome !== 'succeeded', since: 0 };
}

/** The life after the probe's call began an attempt; undefined where none may begin. */
export function onAttempt(life: Life, now: number): Life | undefined {
  if (life.phase !== 'starting' || life.attempts >= attemptsAtMost) return undefined;
  return { ...life, phase: 'running', attempts: life.attempts + 1, since: now };
}

/** The lives after the probe was told how the attempt ends; none where no attempt runs. */
export function onAttemptEnd(life: Life, outcome: AttemptOutcome, now: number): Life[] {
  if (life.phase !== 'running') return [];
  const late = now - life.since >= limits.attemptMilliseconds;
  return late ? [ending(life, outcome), ending(life, 'timed-out')] : [ending(life, outcome)];
}

/** The life after a cancellation was accepted; undefined where it must be refused. */
export function onCancelAccepted(life: Life): Life | undefined {
  if (life.phase === 'ended' || life.phase === 'gone') return undefined;
  return { ...life, canceled: true };
}

/** Whether a cancellation may be refused: at the end, or, harmlessly, once it is canceled already. */
export function mayRefuseCancel(life: Life): boolean {
  return life.phase === 'ended' || life.phase === 'gone' || life.canceled;
}

/** What tells lives apart. */
export function lifeKey(life: Life): string {
  return `${life.phase} ${life.attempts} ${life.canceled} ${life.failed} ${life.outcome} ${life.final} ${life.since}`;
}
