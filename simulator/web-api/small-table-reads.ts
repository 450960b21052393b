import type { Call, Handled } from './call.ts';
import type { TableAnswer } from '../core/table.ts';
import { fetchOthers } from './fetch.ts';
import { listSource } from './query/source.ts';
import { answerRow, countCollection, queryCollection } from './query/table-query.ts';
import { keyText, queryOf, schemaFor } from './related.ts';
import { tableAnswer } from './table-answer.ts';
import type { AnyTable } from './tables/small-table.ts';

/**
 * Rows of a table, or their number, as the query of the request wants them.
 *
 * @param path of the collection, which `@odata.nextLink` repeats
 */
export function listRows(
  call: Call,
  table: AnyTable,
  rows: Iterable<unknown>,
  { path, count }: { readonly path: string; readonly count: boolean },
): Handled | Promise<Handled> {
  const query = count ? countCollection<unknown> : queryCollection<unknown>;
  const answerOf = (asked: Call) =>
    query({
      ...queryOf(asked, table),
      path,
      source: listSource(rows, (row) => keyText(table, row)),
      visible: () => true,
    });
  const columns = [...schemaFor(table).columns.values()];
  const fetched = count ? undefined : fetchOthers(call, table, columns, answerOf);
  if (fetched !== undefined) return fetched;
  const answer = answerOf(call);
  const shown = (given: TableAnswer): Handled => ({ answer: tableAnswer(given), resource: 'other' });
  return answer instanceof Promise ? answer.then(shown) : shown(answer);
}

/** A row as the query of the request wants it. */
export function rowAnswer(call: Call, table: AnyTable, row: unknown): TableAnswer {
  return answerRow(queryOf(call, table), row);
}
