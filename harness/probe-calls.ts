import type { Answer, JsonObject } from './answer.ts';
import type { Principal } from './auth.ts';
import type { Reply } from './listener.ts';
import type { Operation } from './operation.ts';
import type { CallParts } from './operation-parts.ts';
import type { AttemptPlan } from './plan.ts';
import type { PreferFields } from './preferences.ts';

/** One attempt as its steps, or as its only step. */
export type Attempts = readonly (AttemptPlan | AttemptPlan[number])[];

/** How a callback is asked for, and received. */
interface CallbackOptions {
  /** The receiver's replies, the last one repeats; 200 by default. */
  readonly replies?: readonly Reply[];
  /** Added to the URL: further path, query. */
  readonly suffix?: string;
  /** Runs on each arrival, before the receiver replies. */
  readonly onArrival?: (operation: Operation) => Promise<void>;
}

/** How a call of the probe is made. */
export interface CallOptions {
  /** What each attempt does; the last one repeats. One success by default. */
  readonly attempts?: Attempts;
  readonly payload?: string;
  /** `Prefer` fields, made from the callback's URL where there is one; null sends none. */
  readonly prefer?: PreferFields;
  /** Asks for a callback. */
  readonly callback?: boolean | CallbackOptions;
  readonly headers?: readonly (readonly [string, string])[];
  /** Further members of the body, or other values. */
  readonly body?: JsonObject;
  readonly as?: Principal;
  /** The client closes the connection as soon as the answer's head is there. */
  readonly disconnect?: boolean;
  /** Over the organization service: whether the callback's address stands before the request in the list of parameters. */
  readonly callbackFirst?: boolean;
  /** Runs inside the first call of the given attempt, while the target waits for the answer. */
  readonly during?: Readonly<Record<number, (operation: Operation) => Promise<void>>>;
  /** Runs inside each further call of an attempt, while the target waits for the answer. */
  readonly again?: (operation: Operation) => Promise<void>;
}

/** A call of the probe with what came of it. */
export interface Called extends CallParts {
  readonly answer: Answer;
  /** The id that the answer's headers name, from either; undefined where neither does. */
  readonly id: string | undefined;
}
