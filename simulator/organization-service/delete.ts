import { removeRow } from '../web-api/backgroundoperations.ts';
import type { MessageHandler } from './messages.ts';
import { given, missing } from './messages.ts';
import { keyOf } from './retrieve.ts';
import { otherTable } from './rows.ts';
import { identityOf } from './value-reader.ts';

/** `Delete` of the row of a background operation. */
export const deleteRow: MessageHandler = (call, message) => {
  const target = given(message, 'Target');
  if (target === undefined) return missing(message, 'Target');
  const { table, id } = identityOf(target);
  const other = otherTable(table);
  if (other !== undefined) return { error: other };
  const { error, operation, before } = removeRow(call, keyOf(id, message));
  if (error !== undefined) return { error, operation };
  return { type: 'a:DeleteResponse', results: '', before };
};
