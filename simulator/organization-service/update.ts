import { sessionToken, updateRow } from '../web-api/backgroundoperations.ts';
import { serviceErrors } from './errors.ts';
import type { MessageHandler } from './messages.ts';
import { given, missing } from './messages.ts';
import { keyOf } from './retrieve.ts';
import { otherTable } from './rows.ts';
import { identityOf, readAttributes } from './value-reader.ts';
import { pair } from './value-writer.ts';

/** `Update` of a background operation: the state 2 with the status 22 cancels it. It never creates a row. */
export const update: MessageHandler = (call, message) => {
  const target = given(message, 'Target');
  if (target === undefined) return missing(message, 'Target');
  const { table, id } = identityOf(target);
  const other = otherTable(table);
  if (other !== undefined) return { error: other };
  const attributes = readAttributes(target);
  if (attributes === undefined) return { error: serviceErrors.wrongValue('Target', 'Entity') };
  const changes = { value: attributes };
  const { error, operation, before } = updateRow(call, keyOf(id, message), changes, {
    ifMatch: '*',
    onlyIfNew: false,
  });
  if (error !== undefined) return { error, operation };
  const session = operation === undefined ? '' : sessionToken(operation);
  return {
    type: 'a:UpdateResponse',
    results: pair('x-ms-session-token', { kind: 'string', value: session }),
    operation,
    before,
  };
};
