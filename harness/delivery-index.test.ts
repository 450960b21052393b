import { expect, it } from 'vitest';
import { DeliveryIndex, guidOf } from './delivery-index.ts';
import type { Delivery } from './listener.ts';

const first = '00000000-0000-4000-8000-00000000000a';
const second = '00000000-0000-4000-8000-00000000000b';
const delivery = (...ids: string[]) => ({ body: `of ${ids.join(' and ')}` }) as Delivery;

it('finds the deliveries that name an id in any case, oldest first, also those that came since', () => {
  const index = new DeliveryIndex();
  const list = [delivery(first), delivery(second, first.toUpperCase())];
  expect(index.find(first, list)).toEqual(list);
  list.push(delivery(first, first));
  expect(index.find(first, list)).toEqual(list);
  expect(index.find(second, list)).toEqual([list[1]]);
});

it('forgets those that the list has lost', () => {
  const index = new DeliveryIndex();
  const list = [delivery(first), delivery(second), delivery(first)];
  expect(index.find(first, list)).toHaveLength(2);
  list.shift();
  list.push(delivery(second));
  expect(index.find(first, list)).toEqual([list[1]]);
  expect(index.find(second, list)).toEqual([list[0], list[2]]);
  list.length = 0;
  expect(index.find(first, list)).toEqual([]);
});

it('finds an operation by an id without hyphens, on either side', () => {
  const index = new DeliveryIndex();
  const list = [delivery(first.replaceAll('-', '')), delivery(first), delivery(second)];
  expect(guidOf(first.replaceAll('-', '').toUpperCase())).toBe(first);
  expect(index.find(guidOf(first) ?? '', list)).toEqual(list.slice(0, 2));
});

it.each(['', '17', `${first}${second}`, `{${first}}`, `${first}0`])('takes %j for no id', (text) => {
  expect(guidOf(text)).toBeUndefined();
});
