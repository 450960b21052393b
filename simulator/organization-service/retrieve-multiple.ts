import { table } from '../../contract/vocabulary.ts';
import type { Json } from '../core/operation.ts';
import type { TableAnswer } from '../core/table.ts';
import { refusedList, tableRequest } from '../web-api/backgroundoperations.ts';
import type { Call } from '../web-api/call.ts';
import { countLimit } from '../web-api/query/run.ts';
import { annotationNames } from '../web-api/query/annotations.ts';
import { queryRows } from '../web-api/query/table-query.ts';
import { serviceErrors } from './errors.ts';
import type { Answer, Reply } from './messages.ts';
import { given, missing } from './messages.ts';
import type { TableQuery } from './queries.ts';
import { readTableQuery } from './queries.ts';
import { inSession } from './retrieve.ts';
import { entityOf } from './rows.ts';
import { collectionContent } from './value-writer.ts';
import { tag, textTag } from './xml-writer.ts';

/** `RetrieveMultiple` of background operations, by the query engine of the Web API. */
export const retrieveMultiple: Answer = (received, message) => {
  const query = given(message, 'Query');
  if (query === undefined) return missing(message, 'Query');
  const refusal = refusedList(received);
  if (refusal !== undefined) return { error: refusal };
  const read = readTableQuery(received, query);
  if (read.error !== undefined) return read;
  const { options, pageSize } = read.query;
  const asked = inSession(received, message, options);
  const call = { ...asked, preferences: { ...asked.preferences, maxPageSize: pageSize } };
  const answer = queryRows(tableRequest(call, 'collection'));
  const done = (made: TableAnswer) => replied(call, read.query, made);
  return answer instanceof Promise ? answer.then(done) : done(answer);
};

/** The members of a collection of the Web API that are read here. */
interface CollectionBody {
  readonly value: readonly Readonly<Record<string, Json>>[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.count'?: number;
}

function replied(
  call: Call,
  { columns, pageSize, skipped, counted }: TableQuery,
  answer: TableAnswer,
): Reply {
  if ('error' in answer) return { error: { status: answer.status, ...answer.error } };
  const body = answer.body as CollectionBody;
  const exceeded = (answer.body as Record<string, unknown>)[`@${annotationNames.totalCountExceeded}`];
  const cut = body['@odata.nextLink'] !== undefined && body.value.length < (pageSize ?? 0);
  if (skipped > 0 && cut) {
    return { error: serviceErrors.notServed('pages of so long rows without the paging cookie') };
  }
  const rows = body.value.slice(skipped).map((row) => entityOf(call, row, columns));
  const cookie = cookieOf(body['@odata.nextLink']);
  const content = collectionContent(rows, {
    name: table.entity,
    more: cookie !== undefined,
    cookie,
    total: counted ? (body['@odata.count'] ?? countLimit) : -1,
    exceeded: exceeded === true,
  });
  const value = tag('b:value', content, 'i:type="a:EntityCollection"');
  return {
    type: 'a:RetrieveMultipleResponse',
    results: tag('a:KeyValuePairOfstringanyType', textTag('b:key', 'EntityCollection') + value),
    content,
  };
}

/** The paging cookie of the next page: clients hand it back as they got it. */
function cookieOf(nextLink: string | undefined): string | undefined {
  const token = /[?&]\$skiptoken=([^&]*)/.exec(nextLink ?? '')?.[1];
  return token === undefined ? undefined : decodeURIComponent(token);
}
