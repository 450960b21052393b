import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../core/operation.ts';
import { createOperationStore } from '../store.ts';
import { table } from '../../contract/vocabulary.ts';
import { parseFilter } from '../web-api/query/filter.ts';
import { schemaOf } from '../web-api/query/schema.ts';
import { exampleOperation } from './example.fixture.ts';
import { IndexedStore } from './indexed-store.ts';

const status = {
  name: 'backgroundoperationstatuscode',
  type: 'picklist',
  read: (row: Operation) => row.status,
} as const;

const expiresAt = (operation: Operation): number => operation.modifiedOn + operation.ttlSeconds;

function storeOf(...operations: readonly Operation[]) {
  const store = createOperationStore({ expiresAt });
  for (const operation of operations) store.put(operation);
  return store;
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ put: fc.nat(20), ttlSeconds: fc.nat(40), sequence: fc.option(fc.nat(60)) }),
  },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ advance: fc.nat(20) }) },
);

describe('the store', () => {
  it('agrees with a plain map after any puts, deletions and expiries', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const store = createOperationStore({ expiresAt });
        const plain = new Map<string, Operation>();
        let now = 0;
        let sequence = 100;
        for (const step of steps) {
          if ('put' in step) {
            const id = String(step.put);
            const known = plain.get(id);
            const taken = new Set([...plain.values()].map((operation) => operation.sequence));
            const early = step.sequence !== null && !taken.has(step.sequence) ? step.sequence : sequence++;
            const operation = exampleOperation({
              id,
              sequence: known?.sequence ?? early,
              modifiedOn: now,
              ttlSeconds: step.ttlSeconds,
            });
            store.put(operation);
            plain.set(id, operation);
          } else if ('remove' in step) {
            const id = String(step.remove);
            expect(store.delete(id)).toBe(plain.delete(id));
          } else {
            now += step.advance;
            const gone = [...plain.values()].filter((operation) => expiresAt(operation) <= now);
            const live = [...plain.values()].filter((operation) => !gone.includes(operation));
            for (const operation of gone) expect(store.get(operation.id, now)).toBeUndefined();
            expect([...store.values(now)]).toEqual(live.sort((a, b) => a.sequence - b.sequence));
            expect(store.purge(now)).toBe(gone.length);
            for (const operation of gone) plain.delete(operation.id);
          }
          expect(store.size).toBe(plain.size);
          for (const [id, operation] of plain) {
            expect(store.get(id, now)).toBe(expiresAt(operation) <= now ? undefined : operation);
          }
        }
      }),
    );
  });

  it('goes on with an iteration while operations come, go and are laid out anew', () => {
    const store = storeOf();
    for (let index = 1; index <= 4000; index++) {
      store.put(
        exampleOperation({ id: String(index), sequence: index, ttlSeconds: index % 4 === 0 ? 100 : 10 }),
      );
    }
    const seen: number[] = [];
    for (const { sequence } of store.values(0)) {
      seen.push(sequence);
      if (sequence === 2000) {
        expect(store.purge(50)).toBe(3000);
        store.put(exampleOperation({ id: 'late', sequence: 5000 }));
      }
    }
    expect(seen.slice(0, 2000)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
    expect(seen.slice(2000)).toEqual([...Array.from({ length: 500 }, (_, index) => 2004 + 4 * index), 5000]);
  });

  it('finds what matches throughout a search, though it changes in its middle to a value that was new', () => {
    const even = 'backgroundoperationstatuscode ne 30';
    const rows = Array.from({ length: 40 }, (_, at) => exampleOperation({ id: `${at}`, sequence: at + 1 }));
    const store = createOperationStore({ expiresAt: () => Infinity });
    for (const row of rows) store.put(row);
    const filter = parseFilter(even, schemaOf(table, [status]), new Map());
    if (!filter.ok || !(store instanceof IndexedStore)) throw new Error('The filter is not understood.');
    const seen: string[] = [];
    for (const row of store.search(0, filter.value, false, undefined)) {
      if (row !== undefined) seen.push(row.id);
      if (seen.length === 10) for (const each of rows.slice(20)) store.put({ ...each, state: 2, status: 22 });
    }
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it('keeps an operation whose life was prolonged and drops one whose life was cut', () => {
    const first = exampleOperation({ id: 'a', sequence: 1, ttlSeconds: 10 });
    const second = exampleOperation({ id: 'b', sequence: 2, ttlSeconds: 1000 });
    const store = storeOf(first, second, { ...first, modifiedOn: 5 }, { ...second, ttlSeconds: 7 });
    expect(store.purge(10)).toBe(1);
    expect(store.get('a', 10)?.modifiedOn).toBe(5);
    expect(store.get('b', 6)).toBeUndefined();
  });

  it('gives the record that was put last', () => {
    const waiting = exampleOperation({ id: 'a', sequence: 1 });
    const done = { ...waiting, state: 3, status: 30 } as const;
    const store = storeOf(waiting, done);
    expect(store.size).toBe(1);
    expect(store.get('a', 0)).toBe(done);
  });
});
