import { expect, it } from 'vitest';
import { parseExact } from '../http/exact-json.ts';
import type { Json, NamedValue } from '../core/operation.ts';
import { exampleOperation } from './example.fixture.ts';
import { IndexedStore } from './indexed-store.ts';
import { weightAdded, weightOf } from './weight.ts';

const inputs = (value: unknown): readonly NamedValue[] => [
  { Key: 'Text', Value: value as Json, type: 'String' },
];
const waiting = exampleOperation({ id: 'a', sequence: 1 });
const million = 'x'.repeat(1_000_000);

it.each([
  ['a text', million],
  ['a text in an object in a list', [{ a: { b: [million] } }]],
  ['the name of a member', { [million]: 1 }],
  ['a number of many digits', parseExact(`1${'0'.repeat(1_000_000)}1`)],
])('counts %s', (_what, value) => {
  expect(weightOf({ ...waiting, inputs: inputs(value) })).toBeGreaterThan(2_000_000);
});

it('counts the texts of a row', () => {
  for (const column of ['callbackUrl', 'errorMessage', 'displayName', 'partitionId'] as const)
    expect(weightOf({ ...waiting, [column]: million })).toBeGreaterThan(2_000_000);
});

it('knows what a change adds', () => {
  const ended = { ...waiting, outputs: inputs(million), errorMessage: 'x' };
  expect(weightAdded(waiting, ended)).toBe(weightOf(ended) - weightOf(waiting));
  expect(weightAdded(ended, waiting)).toBe(weightOf(waiting) - weightOf(ended));
  expect(weightAdded(ended, { ...ended, state: 3 })).toBe(0);
});

it('is summed up by the store, whatever comes, changes, goes and expires', () => {
  const store = new IndexedStore({ expiresAt: ({ ttlSeconds }) => ttlSeconds });
  const long = { ...waiting, inputs: inputs(million) };
  store.put(long);
  store.put(exampleOperation({ id: 'b', sequence: 2, ttlSeconds: 5 }));
  store.put({ ...long, outputs: inputs(million) });
  expect(store.bytes).toBe(2 * weightOf(long));
  store.purge(5);
  expect(store.bytes).toBe(2 * weightOf(long) - weightOf(waiting));
  store.put({ ...waiting, sequence: 9 });
  expect(store.bytes).toBe(weightOf(waiting));
  store.delete('a');
  expect(store.bytes).toBe(0);
});
