import { headers, preferences } from '../../contract/vocabulary.ts';
import type { Operation } from '../../harness/operation.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';

/** Holds the answer to a submission against what was asked for. */
export function acceptedMismatches({ accepted, id, parts }: Operation): readonly ViewMismatch[] {
  const found = new Mismatches('the answer to the submission');
  found.unless(accepted.status === 202, 'submit.accepted', 'the status', '202', accepted.status);
  const shown = accepted.header(headers.operationId);
  found.unless(shown !== undefined, 'submit.id-header', headers.operationId, id, shown);
  if (shown !== undefined)
    found.unless(shown.toLowerCase() === id, 'submit.id-matches-location', headers.operationId, id, shown);
  const applied = (accepted.header(headers.preferenceApplied) ?? '').toLowerCase();
  const asked = parts.callbackUrl !== undefined;
  found.unless(
    applied.includes(asked ? preferences.plainCallback : preferences.respondAsync),
    asked ? 'callback.preference-applied' : 'submit.preference-applied',
    headers.preferenceApplied,
    asked ? preferences.plainCallback : preferences.respondAsync,
    applied,
  );
  return found.list;
}
