import { table } from '../../contract/vocabulary.ts';
import { refusedList } from '../web-api/backgroundoperations.ts';
import type { Call } from '../web-api/call.ts';
import type { MessageHandler, MessageReply } from './messages.ts';
import { given, missing } from './messages.ts';
import type { TableQuery } from './paging.ts';
import { pagingCookieOf } from './paging-cookie.ts';
import { readTableQuery } from './queries.ts';
import { inSession } from './retrieve.ts';
import { entityOf } from './rows.ts';
import type { RowsOrError } from './run-table-query.ts';
import { runTableQuery } from './run-table-query.ts';
import { collectionContent } from './value-writer.ts';
import { tag, textTag } from './xml-writer.ts';

/** `RetrieveMultiple` of background operations, by the query engine of the Web API. */
export const retrieveMultiple: MessageHandler = (received, message) => {
  const query = given(message, 'Query');
  if (query === undefined) return missing(message, 'Query');
  const refusal = refusedList(received);
  if (refusal !== undefined) return { error: refusal };
  const read = readTableQuery(received, query);
  if (read.error !== undefined) return read;
  const call = inSession(received, message, []);
  const found = runTableQuery(call, read.query);
  const done = (made: RowsOrError) => replied(call, read.query, made);
  return found instanceof Promise ? found.then(done) : done(found);
};

function replied(call: Call, { columns }: TableQuery, found: RowsOrError): MessageReply {
  if (found.error !== undefined) return found;
  const { rows, next, more, total, exceeded } = found;
  const content = collectionContent(
    rows.map((row) => entityOf(call, row, columns)),
    {
      name: table.entity,
      more,
      cookie: next === undefined ? undefined : pagingCookieOf(next),
      total,
      exceeded,
    },
  );
  const value = tag('b:value', content, 'i:type="a:EntityCollection"');
  return {
    type: 'a:RetrieveMultipleResponse',
    results: tag('a:KeyValuePairOfstringanyType', textTag('b:key', 'EntityCollection') + value),
    content,
  };
}
