import { readFetchXml } from '../organization-service/fetch-xml.ts';
import { nextPageOf, pagingCookieOf } from '../organization-service/paging-cookie.ts';
import type { FoundRows, RowsOrError } from '../organization-service/run-table-query.ts';
import { runTableQuery } from '../organization-service/run-table-query.ts';
import { refusedList } from './backgroundoperations.ts';
import type { Call, Handled } from './call.ts';
import { odataAnswer, refused } from './call.ts';
import { errors } from './errors.ts';
import { annotationNames, wants } from './query/annotations.ts';

/** The value of `fetchXml` in a query string, decoded; undefined without it. */
function fetchXmlIn(query: string): string | undefined {
  const value = /(?:^|&)fetchXml=([^&]*)/i.exec(query)?.[1];
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

/** `GET backgroundoperations?fetchXml=…`; undefined for any other request. */
export function fetchRows(call: Call): Handled | Promise<Handled> | undefined {
  const { method, query } = call.request;
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const fetchXml = fetchXmlIn(query);
  if (fetchXml === undefined) return undefined;
  const refusal = refusedList(call);
  if (refusal !== undefined) return refused('rows-get', refusal);
  if (/(?:^|&)(?:\$|%24)/.test(query)) {
    return refused(
      'rows-get',
      errors.invalidArgument('fetchXml cannot be combined with other query options.'),
    );
  }
  const read = readFetchXml(call, fetchXml);
  if (read.error !== undefined) return refused('rows-get', read.error);
  const found = runTableQuery(call, read.query);
  const done = (made: RowsOrError): Handled =>
    made.error === undefined ? answered(call, made) : refused('rows-get', made.error);
  return found instanceof Promise ? found.then(done) : done(found);
}

function answered({ preferences: { annotations } }: Call, found: FoundRows): Handled {
  const shown = { ...totals(found), ...pages(found) };
  const wanted = Object.entries(shown).filter(([name]) => wants(annotations, name));
  const body = {
    '@odata.context': found.context,
    ...(found.total < 0 ? {} : { '@odata.count': found.total }),
    ...Object.fromEntries(wanted.map(([name, value]) => [`@${name}`, value])),
    value: found.rows,
  };
  const applied = annotations === undefined ? [] : [`odata.include-annotations="${annotations}"`];
  const answer = odataAnswer(
    body,
    applied.map((each) => ['Preference-Applied', each]),
  );
  return { answer, resource: 'rows-get' };
}

function totals({ total, exceeded }: FoundRows): Record<string, unknown> {
  return { [annotationNames.totalCount]: total, [annotationNames.totalCountExceeded]: exceeded };
}

/** There are no links to the next page with FetchXML: the client writes the cookie into it. */
function pages({ next, more }: FoundRows): Record<string, unknown> {
  if (!more) return {};
  const morerecords = { 'Microsoft.Dynamics.CRM.morerecords': true };
  if (next === undefined) return morerecords;
  const inner = encodeURIComponent(encodeURIComponent(pagingCookieOf(next)));
  const cookie = `<cookie pagenumber="${nextPageOf(next)}" pagingcookie="${inner}" istracking="False" />`;
  return { 'Microsoft.Dynamics.CRM.fetchxmlpagingcookie': cookie, ...morerecords };
}
