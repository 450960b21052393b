import { expect, it } from 'vitest';
import { Faults } from './faults.ts';

it('holds no more faults than each request can be held against, and no more characters than fit', () => {
  const faults = new Faults();
  for (let each = 0; each < 1_000; each++) faults.add({ status: 503 });
  expect(() => faults.add({ status: 503 })).toThrow('At most 1000 faults');
  faults.clear();
  const body = 'x'.repeat(10_000_000);
  const first = faults.add({ status: 200, body });
  expect(() => faults.add({ status: 200, body })).toThrow('Take some of them back first');
  faults.remove(first.id);
  expect(faults.add({ status: 200, body }).id).toBe('1002');
});
