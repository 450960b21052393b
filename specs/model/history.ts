import type { AttemptOutcome } from './life.ts';

/** What a read showed, as far as it can be held against a life. Members that it does not tell are absent. */
export interface Shown {
  readonly state: number;
  readonly status: number;
  /** Whether an error code or message was shown. */
  readonly error?: boolean;
  /** Whether an output was shown. */
  readonly outputs?: boolean;
  /** The row's `retrycount`. */
  readonly retryCount?: number;
}

/** What the suite saw of one operation. */
export type Sight =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'read'; readonly resource: 'monitor' | 'row'; readonly shown: Shown }
  | { readonly kind: 'missing'; readonly resource: 'monitor' | 'row' }
  | { readonly kind: 'cancel-accepted'; readonly way: 'delete' | 'patch' }
  | { readonly kind: 'cancel-refused'; readonly way: 'delete' | 'patch' }
  /** `time` is the target's clock, from the probe's call; where it is absent, the timeline tells. */
  | { readonly kind: 'attempt-begins'; readonly time?: number }
  | { readonly kind: 'attempt-ends'; readonly outcome: AttemptOutcome; readonly time?: number }
  | { readonly kind: 'callback'; readonly shown: Shown }
  | { readonly kind: 'event'; readonly shown: Shown };

/** One observation: what was seen of which operation, at some moment of an interval. */
export interface Observation {
  readonly operation: string;
  readonly sight: Sight;
  /** The interval in which it holds, on one timeline of the suite; a request from its start to its answer. */
  readonly from: number;
  readonly to: number;
}

/** The virtual clock was moved: the interval of the call, and the time that the target then told. */
export interface Advance {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** Everything that a run saw. Observations come in any order. */
export interface History {
  readonly observations: readonly Observation[];
  /** Of a virtual clock, in order; undefined on a real one, whose time is the suite's timeline. */
  readonly advances?: readonly Advance[];
  /** The target's clock when the history began; milliseconds on the clock of `advances`. */
  readonly begun?: number;
  /** Whether attempts begin and end without being seen: then any may have, up to the most there can be. */
  readonly attemptsUnseen?: boolean;
  /** Milliseconds that an operation is kept at least. */
  readonly keptMs?: number;
}

/** Whether a history can be explained by the lifecycle; if not, its shortest part that cannot. */
export type Judgement =
  | { readonly legal: true }
  | {
      readonly legal: false;
      readonly operation: string;
      /** In words: what was seen, and what could only have been. */
      readonly reason: string;
      /** The shortest illegal part, in order of time. */
      readonly part: readonly Observation[];
      /** The observation at which no life is left. */
      readonly contradiction: Observation;
    };
