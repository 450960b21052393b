import type { Column } from '../core/table.ts';
import { isExactNumber } from '../http/exact-json.ts';
import type { Call, Handled } from './call.ts';
import { noContent, odataAnswer } from './call.ts';
import { textAnswer } from './table-answer.ts';

/** The value of one column of a row, in JSON or as raw text; 204 for null. */
export function columnAnswer<Row>(
  call: Call,
  set: string,
  key: string,
  column: Column<Row>,
  row: Row,
  raw: boolean,
): Handled {
  const value = (column.show ?? column.read)(row);
  if (value === null) return { answer: noContent(), resource: 'other' };
  if (raw) {
    const text = isExactNumber(value) ? value.rawJSON : String(value);
    return { answer: textAnswer(text), resource: 'other' };
  }
  const context = `${call.root}$metadata#${set}(${key})/${column.name}`;
  return { answer: odataAnswer({ '@odata.context': context, value }), resource: 'other' };
}
