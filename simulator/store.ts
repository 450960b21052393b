import type { OperationStore, StoreOptions } from './core/operation.ts';
import { IndexedStore } from './store/indexed-store.ts';

/** Makes an empty store of operations, in memory. */
export function createOperationStore(options: StoreOptions): OperationStore {
  return new IndexedStore(options);
}
