import type { Principal } from '../../harness/auth.ts';
import type { Answer } from '../../harness/answer.ts';
import { Client } from '../../harness/client.ts';
import { isGuid } from '../../harness/expect.ts';
import type { Target } from '../../harness/target.ts';
import { Transcript } from '../../harness/transcript.ts';
import type { SeenByDoctor } from './finding.ts';

/** What the looks share: the opened target, and what the listener could not do. */
export interface Patient {
  readonly target: Target;
  /** Why the listener could not be served as configured; absent when it is. */
  readonly listenerTrouble?: string;
  /** Principals whose secret is missing, with what is wrong. */
  readonly missingSecrets: ReadonlyMap<Principal, SeenByDoctor>;
}

/** A client that acts as one of the principals. */
export function as({ target }: Patient, principal: Principal): Client {
  return new Client(target, principal, new Transcript());
}

/** Who a principal is to the target: the user's id, or the answer that named none. */
export async function userOf(
  patient: Patient,
  principal: Principal,
): Promise<{ readonly id: string } | { readonly answer: Answer }> {
  // With a token that is given, a refusal is told as it is: nothing was accepted with it before.
  const value = await patient.target.authorization(principal);
  const headers: [string, string][] = value === undefined ? [] : [['Authorization', value]];
  const answer = await as(patient, principal).api('GET', 'WhoAmI', { headers });
  const id = answer.object()?.['UserId'];
  return answer.status === 200 && isGuid(id) ? { id: id.toLowerCase() } : { answer };
}

/** Whether an answer refuses for want of a token or of a privilege. */
export function isRefusal({ status }: Answer): boolean {
  return status === 401 || status === 403;
}
