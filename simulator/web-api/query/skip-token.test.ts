import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/table.ts';
import { parseOrder } from './order.ts';
import { problems } from './problem.ts';
import { schemaOf } from './schema.ts';
import { readSkipToken, writeSkipToken } from './skip-token.ts';

const columns: readonly Column<null>[] = [
  { name: 'id', type: 'guid', read: () => null },
  { name: 'name', type: 'string', read: () => null },
  { name: 'count', type: 'integer', read: () => null },
  { name: 'big', type: 'bigint', read: () => null },
];
const schema = schemaOf({ set: 'things', entity: 'thing', key: 'id' }, columns);

function orderOf(text: string) {
  const order = parseOrder(text, schema, new Map());
  if (!order.ok) throw new Error(order.error.message);
  return order.value;
}

describe('the paging cookie', () => {
  const order = orderOf('name,count desc,big');

  it.each([
    [['<a> & "b" 50% \u{1F600} \u2028', -3, 638751549947120004n], 'some-key'],
    [['', null, null], 7],
    [[null, 0, 0n], 0],
    [["'+&#x26;&lt;", 1, -1n], '"'],
  ])('comes back as it was written (%#)', (cells, position) => {
    const start = { page: 3, after: { cells, position } };
    const token = decodeURIComponent(writeSkipToken(order, start));
    expect(readSkipToken(token, order)).toEqual({ ok: true, value: start });
  });

  it('carries the rows given so far where the page does not tell them, and only a whole number', () => {
    const start = { page: 2, after: { cells: ['a', 1, 2n], position: 5 }, given: 17 };
    const token = decodeURIComponent(writeSkipToken(order, start));
    expect(readSkipToken(token, order)).toEqual({ ok: true, value: start });
    for (const given of ['-17', '1.5', 'null', '1e99']) {
      const bad = token.replace('given%22%3A17', `given%22%3A${given}`);
      expect(readSkipToken(bad, order)).toEqual({ ok: false, error: problems.skipToken() });
    }
  });

  it('is refused when it is no cookie, was changed, or belongs to another order', () => {
    const token = decodeURIComponent(
      writeSkipToken(order, { page: 2, after: { cells: ['a', 1, 2n], position: 5 } }),
    );
    const refused = { ok: false, error: problems.skipToken() };
    for (const bad of [
      '',
      'x',
      token.slice(1),
      token.replace('pagenumber="2"', 'pagenumber="x"'),
      token.replace('%2C%222%22%5D', '%2C%22x%22%5D'),
      token.replace('position%22%3A5', 'position%22%3A%7B%7D'),
      token.replace('%7B', '%'),
    ]) {
      expect(readSkipToken(bad, order)).toEqual(refused);
    }
    expect(readSkipToken(token, orderOf('count,name,big'))).toEqual(refused);
    expect(readSkipToken(token, [])).toEqual(refused);
  });
});
