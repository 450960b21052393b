import type { Column } from '../core/table.ts';
import type { PlainAnswer } from '../plain.ts';
import { readFetchXml } from '../organization-service/fetch-xml.ts';
import { nextPageOf, pagingCookieOf } from '../organization-service/paging-cookie.ts';
import type { TableQuery } from '../organization-service/paging.ts';
import type { QueriedTable } from '../organization-service/queried-table.ts';
import { operationsTable } from '../organization-service/queried-table.ts';
import type { FoundRows, RowsOrError, RunCollection } from '../organization-service/run-table-query.ts';
import { runTableQuery } from '../organization-service/run-table-query.ts';
import { refusedList } from './backgroundoperations.ts';
import type { Call, Handled } from './call.ts';
import { odataAnswer, refused } from './call.ts';
import { errors } from './errors.ts';
import { annotationNames, wants } from './query/annotations.ts';
import type { AnyTable } from './tables/small-table.ts';

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
  const { method } = call.request;
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const fetchXml = fetchXmlIn(call.request.query);
  if (fetchXml === undefined) return undefined;
  const refusal = refusedList(call);
  if (refusal !== undefined) return refused('rows-get', refusal);
  return fetched(call, fetchXml, 'rows-get', operationsTable(call));
}

/** `GET <set>?fetchXml=…` of another table, whose rows `run` finds by OData; undefined for any other request. */
export function fetchOthers(
  call: Call,
  { entity, key }: AnyTable,
  columns: readonly Column<unknown>[],
  run: RunCollection,
): Handled | Promise<Handled> | undefined {
  const fetchXml = fetchXmlIn(call.request.query);
  if (fetchXml === undefined) return undefined;
  return fetched(call, fetchXml, 'other', { entity, key, columns, elastic: false }, run);
}

function fetched(
  call: Call,
  fetchXml: string,
  resource: Handled['resource'],
  table: QueriedTable,
  run?: RunCollection,
): Handled | Promise<Handled> {
  const beside = new Set(call.request.query.split('&').filter((part) => /^(?:\$|%24)/.test(part)));
  const counted = ['$count=true', '%24count=true'].some((count) => beside.delete(count));
  if (beside.size > 0) {
    const message = 'fetchXml cannot be combined with other query options than $count=true.';
    return refused(resource, errors.invalidArgument(message));
  }
  const read = readFetchXml(call, fetchXml, table);
  if (read.error !== undefined) return refused(resource, read.error);
  const found = runTableQuery(call, counted ? countedQuery(read.query) : read.query, run);
  const done = (made: RowsOrError): Handled =>
    made.error === undefined
      ? { answer: answered(call, made, table.key), resource }
      : refused(resource, made.error);
  return found instanceof Promise ? found.then(done) : done(found);
}

function countedQuery(query: TableQuery): TableQuery {
  if (query.counted || query.distinct !== undefined) return { ...query, counted: true };
  return { ...query, counted: true, options: [...query.options, '$count=true'] };
}

function answered({ preferences: { annotations } }: Call, found: FoundRows, key: string): PlainAnswer {
  const shown = { ...totals(found), ...pages(found, key) };
  const wanted = Object.entries(shown).filter(([name]) => wants(annotations, name));
  const body = {
    '@odata.context': found.context,
    ...(found.total < 0 ? {} : { '@odata.count': found.total }),
    ...Object.fromEntries(wanted.map(([name, value]) => [`@${name}`, value])),
    value: found.rows,
  };
  const applied = annotations === undefined ? [] : [`odata.include-annotations="${annotations}"`];
  return odataAnswer(
    body,
    applied.map((each) => ['Preference-Applied', each]),
  );
}

function totals({ total, exceeded }: FoundRows): Record<string, unknown> {
  return { [annotationNames.totalCount]: total, [annotationNames.totalCountExceeded]: exceeded };
}

/** There are no links to the next page with FetchXML: the client writes the cookie into it. */
function pages({ next, more }: FoundRows, key: string): Record<string, unknown> {
  if (!more) return {};
  const morerecords = { 'Microsoft.Dynamics.CRM.morerecords': true };
  if (next === undefined) return morerecords;
  const inner = encodeURIComponent(encodeURIComponent(pagingCookieOf(next, key)));
  const cookie = `<cookie pagenumber="${nextPageOf(next)}" pagingcookie="${inner}" istracking="False" />`;
  return { 'Microsoft.Dynamics.CRM.fetchxmlpagingcookie': cookie, ...morerecords };
}
