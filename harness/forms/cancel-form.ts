import { headers, members, pairs } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import type { Asked } from './requests.ts';
import type { Demand } from './demand.ts';

const ofErrors: readonly string[] = [members.errorCode, members.errorMessage];

/** Holds the answer to any cancellation that was accepted in the documented way against what each of them has to be. */
export function cancelForm(answer: Answer, kind: Asked, demand: Demand): void {
  const { method } = answer.request;
  if (kind === 'row' && method === 'PATCH' && answer.status === 204) {
    const version = answer.header(headers.odataVersion);
    demand(version?.trim() === '4.0', 'cancel.patch-answer', headers.odataVersion, '4.0', version);
    demand(answer.body === '', 'cancel.patch-answer', 'the body', 'empty', answer.body);
  }
  if (kind !== 'monitor' || method !== 'DELETE' || answer.status !== 200) return;
  const body = answer.object() ?? {};
  const { state, status } = pairs.canceling;
  // What is answered to a second one is left open, but not what belongs to these codes.
  if (body[members.state] !== state || body[members.status] !== status) return;
  // Annotations may come with any answer, and the error of an attempt that has failed before.
  const further = Object.keys(body).find(
    (name) =>
      name !== members.state && name !== members.status && !name.includes('@') && !ofErrors.includes(name),
  );
  demand(further === undefined, 'cancel.delete-answer', 'the body', 'exactly the two codes', answer.body);
}
