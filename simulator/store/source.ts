import type { Operation, OperationStore } from '../core/operation.ts';
import type { RowSource } from '../web-api/query/source.ts';
import { IndexedStore } from './indexed-store.ts';

/** The operations of a store at a moment as rows, in the order of creation; through indexes where the store has them. */
export function operationSource(store: OperationStore, now: number): RowSource<Operation> {
  return {
    position: ({ sequence }) => sequence,
    growsWith: (column) => column === 'createdon' && store instanceof IndexedStore && store.createdInOrder,
    rows: (filter, descending, after) => {
      const position = typeof after === 'string' ? Number(after) : after;
      if (store instanceof IndexedStore) return store.search(now, filter, descending, position);
      return plainRows(store, now, descending, position);
    },
  };
}

function plainRows(
  store: OperationStore,
  now: number,
  descending: boolean,
  after: number | undefined,
): Operation[] {
  const rows = [...store.values(now)].filter(({ sequence }) => {
    if (after === undefined) return true;
    return descending ? sequence < after : sequence > after;
  });
  return descending ? rows.reverse() : rows;
}
