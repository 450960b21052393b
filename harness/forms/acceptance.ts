import { headers as names, members, paths, preferences } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import { idAtEndOf } from '../check/accepted.ts';
import { isGuid } from '../expect.ts';
import { namesCallback, preferOf } from './requests.ts';
import type { Wanted } from './wanted.ts';

const callback = new RegExp(`^\\s*${preferences.respondAsync}\\s*,\\s*odata\\.callback;\\s*url="[^"\\\\]*"$`);

/** Holds any 202 of a call with `respond-async` against what each of them has to say. */
export function acceptanceForm(answer: Answer, wanted: Wanted): void {
  const prefer = preferOf(answer.request).join(', ');
  const id = answer.header(names.operationId);
  const location = answer.header(names.location) ?? '';
  const locationId = idAtEndOf(location);
  if (id !== undefined && isGuid(id) && locationId !== undefined)
    wanted(
      id.toLowerCase() === locationId.toLowerCase(),
      'submit.id-matches-location',
      'the id in Location',
      id,
      location,
    );
  const leads = location.toLowerCase().includes(paths.monitor);
  if (location !== '') wanted(leads, 'submit.location', 'Location', 'the address of the monitor', location);
  if (leads)
    wanted(
      /^https?:\/\//i.test(location),
      'submit.location-absolute',
      'Location',
      'an absolute URL',
      location,
    );
  const applied = answer.header(names.preferenceApplied) ?? '';
  if (!/callback/i.test(prefer) && !namesCallback(answer.request))
    wanted(
      /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i.test(applied),
      'submit.preference-applied',
      names.preferenceApplied,
      'respond-async',
      applied,
    );
  if (!callback.test(prefer)) return;
  wanted(
    /callback/i.test(applied),
    'callback.preference-applied',
    names.preferenceApplied,
    'one with callback',
    applied,
  );
  const body = answer.object() ?? {};
  const same =
    String(body[members.id]).toLowerCase() === id?.toLowerCase() && body[members.location] === location;
  if (id !== undefined && leads)
    wanted(
      same,
      'callback.accepted-body',
      'the body',
      'one with the id and the location of the headers',
      answer.body,
    );
}
