import { preferences, table } from '../contract/vocabulary.ts';
import { partsOf } from './batch.ts';
import { happeningOf, shownByRow } from './classify.ts';
import { objectIn, type TrafficExchange } from './exchange.ts';
import type { Happening } from './happening.ts';
import { preferencesOf } from './prefer.ts';

/** What an exchange means: a page of the table also reads each operation that it lists, a batch is its parts. */
export function classifyAll(exchange: TrafficExchange): readonly Happening[] {
  const parts = partsOf(exchange);
  if (parts.length === 0) return classify(exchange);
  const itself = preferencesOf(exchange.request).some(({ name }) => name === preferences.respondAsync);
  return [...(itself ? [{ kind: 'batch', exchange, itself } as const] : []), ...parts.flatMap(classify)];
}

function classify(exchange: TrafficExchange): readonly Happening[] {
  const one = happeningOf(exchange);
  if (one === undefined) return [];
  return one.kind === 'page' ? [one, ...rowsIn(exchange)] : [one];
}

function rowsIn(exchange: TrafficExchange): Happening[] {
  const list = objectIn(exchange.answer?.body)?.['value'];
  if (!Array.isArray(list)) return [];
  return (list as Record<string, unknown>[]).flatMap((row): Happening[] => {
    const id = row[table.key];
    if (typeof id !== 'string') return [];
    return [
      {
        kind: 'read',
        exchange,
        id: id.toLowerCase(),
        resource: 'row',
        way: 'web-api',
        shown: shownByRow(row),
      },
    ];
  });
}
