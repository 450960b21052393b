import { expect, it } from 'vitest';
import { newGuid } from './guid.ts';

it('makes GUIDs of version 4, each of them new', () => {
  const made = Array.from({ length: 5_000 }, newGuid);
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(made.filter((each) => !form.test(each))).toEqual([]);
  expect(new Set(made).size).toBe(made.length);
  // Each digit that may differ does.
  for (const at of [0, 7, 9, 15, 20, 24, 35]) expect(new Set(made.map((each) => each[at])).size).toBe(16);
});
