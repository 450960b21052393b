import { expect, it } from 'vitest';
import { OperationMemory } from './memory.ts';

const minute = 60_000;

it('remembers the latest operations of earlier checks, and only those that may not have gone', () => {
  const memory = new OperationMemory();
  for (const path of ['/1', '/2', '/3', '/4', '/5']) memory.seen(path, 0, 0);
  expect(memory.witnesses(0, 0)).toEqual([]);
  memory.begin();
  memory.seen('/6', 0, 0);
  expect(memory.witnesses(minute, minute)).toEqual(['/2', '/3', '/4', '/5']);
  expect(memory.witnesses(20 * minute, 0)).toEqual([]);
  expect(memory.witnesses(0, 90 * 24 * 60 * minute)).toEqual([]);
  expect(memory.witnesses(minute, undefined)).toHaveLength(4);
  memory.forget();
  memory.seen('/7', 0, 0);
  memory.begin();
  expect(memory.witnesses(0, 0)).toEqual([]);
});
