import type { ClauseId } from '../../contract/clauses.ts';
import { headers } from '../../contract/vocabulary.ts';
import { hasWholeBody, headerIn, objectIn } from '../exchange.ts';
import type { HappeningOf } from '../happening.ts';
import { guid, organizationOf, originOf, resourceOf } from '../resource.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

type Accepted = HappeningOf<'submission'> & { readonly id: string };

function accepted({ happenings }: Traffic): Accepted[] {
  return happenings
    .filter((one) => one.kind === 'submission')
    .filter((one): one is Accepted => one.way === 'web-api' && one.exchange.answer?.status === 202);
}

/** A rule about each 202. */
function of202(
  judge: (header: (name: string) => string | undefined, one: Accepted) => string | false | undefined,
): Rule {
  return (traffic) =>
    accepted(traffic).flatMap((one) => {
      const { answer } = one.exchange;
      // An answer without any field is one of which the tool kept none.
      if (answer === undefined || answer.headers.length === 0) return [];
      const breach = judge((name) => headerIn(answer, name), one);
      return breach === undefined ? [] : [instance([one.exchange], breach, one.id)];
    });
}

const isGuid = new RegExp(`^${guid}$`, 'i');

const unique: Rule = (traffic) => {
  // Each organization gives ids of its own: a copy of one has the rows of the other.
  const seen = new Map<string, Accepted>();
  return accepted(traffic).flatMap((one) => {
    const id = headerIn(
      one.exchange.answer ?? { headers: [], body: undefined },
      headers.operationId,
    )?.toLowerCase();
    if (id === undefined) return [];
    const known = `${organizationOf(one.exchange.url)} ${id}`;
    const before = seen.get(known);
    seen.set(known, one);
    const shown = before === undefined ? [one.exchange] : [before.exchange, one.exchange];
    return [instance(shown, before !== undefined && `two submissions were given the id ${id}`, id)];
  });
};

/** Clauses about submissions that traffic shows by itself. */
export const targetSubmitRules: Rules<ClauseId> = {
  'submit.location': of202((header) => {
    const location = header(headers.location);
    if (location === undefined) return 'expected Location, got none';
    const resource = resourceOf(location);
    return (
      (resource.kind !== 'monitor' || !resource.documented) &&
      `expected the address of the monitor, got ${location}`
    );
  }),
  'submit.location-absolute': of202((header, { exchange }) => {
    const location = header(headers.location);
    if (location === undefined) return undefined;
    return (
      originOf(location) === '' &&
      `expected an absolute URL like ${originOf(exchange.url)}/…, got ${location}`
    );
  }),
  'submit.id-header': of202(
    (header) => header(headers.operationId) === undefined && `expected ${headers.operationId}, got none`,
  ),
  'submit.id-is-guid': of202((header) => {
    const id = header(headers.operationId);
    return id === undefined ? undefined : !isGuid.test(id) && `expected a GUID, got ${id}`;
  }),
  'submit.id-matches-location': of202((header) => {
    const [id, location] = [header(headers.operationId), resourceOf(header(headers.location) ?? '')];
    if (id === undefined || location.kind !== 'monitor') return undefined;
    return id.toLowerCase() !== location.id && `the header has ${id}, Location ${location.id}`;
  }),
  'submit.id-unique': unique,
  'submit.preference-applied': of202((header, { callbackUrl }) => {
    if (callbackUrl !== undefined) return undefined;
    const told = header(headers.preferenceApplied);
    return (
      !/\brespond-async\b/i.test(told ?? '') &&
      `expected respond-async, got ${told ?? 'no Preference-Applied'}`
    );
  }),
  'callback.preference-applied': of202((header, { callbackUrl, preferences }) => {
    if (callbackUrl === undefined || !preferences.some(({ name }) => name === 'odata.callback'))
      return undefined;
    const told = header(headers.preferenceApplied);
    return !/\bcallback\b/i.test(told ?? '') && `expected callback, got ${told ?? 'no Preference-Applied'}`;
  }),
  'callback.accepted-body': of202((_header, { callbackUrl, preferences, exchange, id }) => {
    if (callbackUrl === undefined || !preferences.some(({ name }) => name === 'odata.callback'))
      return undefined;
    if (exchange.answer === undefined || !hasWholeBody(exchange.answer)) return undefined;
    const body = objectIn(exchange.answer.body);
    return (
      String(body?.['backgroundOperationId'] ?? '').toLowerCase() !== id &&
      'the 202 with a callback has no body with its id'
    );
  }),
};
