import type { WireAnswer, WireRequest } from '../answer.ts';
import { alwaysBroken } from './endings.ts';
import type { Suspicion } from './suspicion.ts';

/** An answer, or the error in its place, with what is suspicious about it. */
export interface Taken {
  readonly suspicion: Suspicion;
  readonly answer?: WireAnswer;
  readonly error?: unknown;
}

/** What is given as the target's own, since it comes every time. */
export function takenAnswer({ answer, error, suspicion }: Taken, request: WireRequest): WireAnswer {
  if (answer !== undefined) return answer;
  // Silence is the target's. A connection that always breaks may be, or a firewall's.
  throw suspicion.slow === true ? error : alwaysBroken(request, suspicion);
}
