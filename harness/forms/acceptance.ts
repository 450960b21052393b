import { headers as names, members, paths, preferences } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import { idAtEndOf } from '../check/accepted.ts';
import { isGuid } from '../expect.ts';
import { namesCallback, preferOf } from './requests.ts';
import { asPlainText, type Demand } from './demand.ts';

const callback = new RegExp(`^\\s*${preferences.respondAsync}\\s*,\\s*odata\\.callback;\\s*url="[^"\\\\]*"$`);

/** Holds any 202 of a call with `respond-async` against what each of them has to say. */
export function acceptanceForm(answer: Answer, demand: Demand): void {
  const prefer = preferOf(answer.request).join(', ');
  const id = answer.header(names.operationId);
  const location = answer.header(names.location) ?? '';
  const locationId = idAtEndOf(location)?.toLowerCase();
  if (id !== undefined && isGuid(id) && locationId !== undefined)
    demand(id.toLowerCase() === locationId, 'submit.id-matches-location', 'the id in Location', id, location);
  const leads = location.toLowerCase().includes(paths.monitor);
  if (location !== '') demand(leads, 'submit.location', 'Location', 'the address of the monitor', location);
  if (leads)
    demand(
      /^https?:\/\//i.test(location),
      'submit.location-absolute',
      'Location',
      'an absolute URL',
      location,
    );
  const applied = answer.header(names.preferenceApplied) ?? '';
  if (!/callback/i.test(prefer) && !namesCallback(answer.request))
    demand(
      /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i.test(applied),
      'submit.preference-applied',
      names.preferenceApplied,
      'respond-async',
      applied,
    );
  // What becomes of several fields, or beside another header, is the matter of other clauses.
  if (!callback.test(prefer) || preferOf(answer.request).length > 1 || hasConsistency(answer)) return;
  demand(
    /callback/i.test(applied),
    'callback.preference-applied',
    names.preferenceApplied,
    'one with callback',
    applied,
  );
  // Which of the headers is right is not known where they contradict each other.
  if (!/callback/i.test(applied) || !leads || id === undefined || locationId !== id.toLowerCase()) return;
  const body = answer.object() ?? {};
  demand(
    asPlainText(body[members.id]).toLowerCase() === id.toLowerCase() && body[members.location] === location,
    'callback.accepted-body',
    'the body',
    'one with the id and the location of the headers',
    answer.body,
  );
}

function hasConsistency({ request }: Answer): boolean {
  return request.headers.some(([name]) => name.toLowerCase() === 'consistency');
}
