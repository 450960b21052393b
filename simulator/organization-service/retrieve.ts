import type { Json } from '../core/operation.ts';
import { readableRow, tableRequest } from '../web-api/backgroundoperations.ts';
import type { Call } from '../web-api/call.ts';
import { renderRow } from '../web-api/query/table-query.ts';
import type { RowKey } from '../web-api/row-key.ts';
import type { MessageHandler, Message } from './messages.ts';
import { given, missing } from './messages.ts';
import { entityOf, otherTable, readColumnSet, selectOf } from './rows.ts';
import { identityOf } from './value-reader.ts';
import { entityContent } from './value-writer.ts';
import { tag, textTag } from './xml-writer.ts';

/** `Retrieve` of a background operation by its id. */
export const retrieve: MessageHandler = (received, message) => {
  const target = given(message, 'Target');
  if (target === undefined) return missing(message, 'Target');
  const { table, id } = identityOf(target);
  const other = otherTable(table);
  if (other !== undefined) return { error: other };
  const set = given(message, 'ColumnSet');
  if (set === undefined) return missing(message, 'ColumnSet');
  const { columns, error } = readColumnSet(received, set);
  if (error !== undefined) return { error };
  const call = inSession(received, message, selectOf(columns));
  const read = readableRow(call, keyOf(id, message));
  if (read.error !== undefined) return read;
  const { operation } = read;
  const answer = renderRow(tableRequest(call, 'key'), operation);
  if ('error' in answer) return { error: { status: answer.status, ...answer.error }, operation };
  const entity = entityContent(entityOf(call, answer.body as Record<string, Json>, columns));
  const value = tag('b:value', entity, 'i:type="a:Entity"');
  return {
    type: 'a:RetrieveResponse',
    results: tag('a:KeyValuePairOfstringanyType', textTag('b:key', 'Entity') + value),
    content: entity,
    operation,
    before: operation,
  };
};

/** The key of a row, with the partition where the message names one. */
export function keyOf(id: string, message: Message): RowKey {
  const partition = given(message, 'partitionId')?.text;
  return partition === undefined ? { id } : { id, partitionId: partition };
}

/** The call with a query of the Web API; a reader who shows the session of a write sees it at once. */
export function inSession(call: Call, message: Message, query: readonly string[]): Call {
  const token = given(message, 'SessionToken')?.text;
  const headers = token === undefined ? {} : { 'mscrm.sessiontoken': token };
  const request = {
    ...call.request,
    query: query.join('&'),
    headers: { ...call.request.headers, ...headers },
  };
  return { ...call, request };
}
