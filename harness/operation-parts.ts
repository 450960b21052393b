import type { Answer, JsonObject } from './answer.ts';
import type { Principal } from './auth.ts';
import type { Patience } from './drive.ts';
import type { Channel } from './listener.ts';
import type { MeasuredRetries } from './pace.ts';
import type { Play } from './plan.ts';

/** What a call of the probe is made of, whatever it is answered. */
export interface CallParts {
  /** The played plan; undefined for a fixed custom API. */
  readonly play: Play | undefined;
  /** Whether its custom API asks for that plan: not where it was given another address to ask at. */
  readonly asksForPlay: boolean;
  readonly callbacks: Channel | undefined;
  readonly callbackUrl: string | undefined;
  /** The outputs that it has after success. */
  readonly outputs: JsonObject;
  /** The body with which it was sent. */
  readonly body: JsonObject;
}

/** What an operation is made of, once it has been accepted. */
export interface AcceptedParts extends CallParts {
  readonly id: string;
  /** Where the monitor is: from `Location`, or made from the id where that is broken. */
  readonly monitorUrl: string;
  readonly accepted: Answer;
  /** Who submitted it; reads and cancellations are that user's unless they say otherwise. */
  readonly owner: Principal;
  /** Raises what a reader inside an attempt found, if it found something. */
  readonly raise: () => void;
  /** How long it may take on a real clock until it is at rest. */
  readonly patience: Patience;
  /** When it was submitted, on a virtual clock; undefined on a real one. */
  readonly submittedAt: number | undefined;
  /** The target's retries in real time; undefined on a virtual clock. */
  readonly pace: MeasuredRetries | undefined;
}
