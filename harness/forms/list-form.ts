import { table } from '../../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from '../answer.ts';
import { isFurtherPage, optionOf, preferOf } from './requests.ts';
import { appliedForm, askedFor, lookAtRow } from './row-form.ts';
import type { Demand } from './demand.ts';

/**
 * Holds any list of rows against what was asked for.
 *
 * @param name the custom API of the probe: rows of others are not the suite's to judge, they may have been made otherwise
 */
export function listForm(answer: Answer, name: string, demand: Demand): void {
  const value = answer.object()?.['value'];
  if (!Array.isArray(value)) return;
  const rows = value.filter(isObject);
  const size = Number(/maxpagesize=(\d+)/.exec(preferOf(answer.request).join())?.[1] ?? Infinity);
  // Where a page size is preferred $top is documented to be ignored.
  const top = size === Infinity ? Number(optionOf(answer.request, '$top') ?? Infinity) : Infinity;
  demand(rows.length <= top, 'table.order-top-count', 'the number of rows', `at most ${top}`, rows.length);
  demand(rows.length <= size, 'table.paging', 'the number of rows', `at most ${size}`, rows.length);
  const count = answer.object()?.['@odata.count'];
  // Whether a further page repeats the count is left open.
  const owed = count !== undefined || !isFurtherPage(answer.request);
  if (owed && optionOf(answer.request, '$count') === 'true' && top === Infinity)
    demand(
      Number.isInteger(count) && Number(count) >= rows.length,
      'table.order-top-count',
      '@odata.count',
      `an integer of at least ${rows.length}`,
      count,
    );
  const ids = rows.flatMap((row) => (typeof row[table.key] === 'string' ? [row[table.key] as string] : []));
  demand(
    new Set(ids).size === ids.length,
    optionOf(answer.request, '$filter') === undefined ? 'table.paging' : 'table.filter',
    'the rows of one page',
    'each there once',
    ids,
  );
  appliedForm(answer, rows, demand);
  const asked = askedFor(answer);
  for (const row of rows.filter((one) => isOwn(one, name))) lookAtRow(row, asked, demand);
}

function isOwn(row: JsonObject, name: string): boolean {
  return row['name'] === undefined || row['name'] === name;
}
