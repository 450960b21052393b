import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/table.ts';
import { queryLimit } from './options.ts';
import { problems } from './problem.ts';
import type { Problem } from './problem.ts';
import { readQuery, readRowQuery } from './query.ts';
import { schemaOf } from './schema.ts';

interface Row {
  readonly id: string;
}

const read = (row: Row): string => row.id;
const columns: readonly Column<Row>[] = [
  { name: 'id', type: 'guid', read },
  { name: 'name', type: 'string', read },
  { name: 'notes', type: 'memo', read },
  { name: '_owner_value', type: 'lookup', read },
];
const schema = schemaOf({ set: 'things', entity: 'thing', key: 'id' }, columns);

function problem(query: string): Problem | undefined {
  const result = readQuery(query, schema, undefined);
  return result.ok ? undefined : result.error;
}

describe('readQuery', () => {
  it.each([
    ['$skip=1', problems.skip()],
    ['$apply=aggregate($count as n)', problems.notImplementedOption('$apply')],
    ['$search=a', problems.unknownOption('$search')],
    ['$format=json', problems.unknownOption('$format')],
    ['$compute=1', problems.unknownOption('$compute')],
    ['$Filter=true', problems.unknownOption('$Filter')],
    ['fetchXml=x', problems.notImplementedOption('fetchXml')],
    ['$top=1&%24top=2', problems.repeatedOption('$top')],
    ['@a=1&@a=2', problems.repeatedOption('@a')],
    ['$filter=%', problems.malformedEncoding('$filter=%')],
    ['%E4=1', problems.malformedEncoding('%E4=1')],
    ['$top=-1', problems.nonNegative('$top', '-1')],
    ['$top=x', problems.nonNegative('$top', 'x')],
    ['$top=', problems.nonNegative('$top', '')],
    ['$top=99999999999', problems.nonNegative('$top', '99999999999')],
    ['$count=True', problems.countValue('True')],
    ['$count', problems.countValue('')],
    ['$select=', problems.syntax(0, '')],
    ['$select=id,,name', problems.syntax(3, 'id,,name')],
    ['$select=Name', problems.unknownProperty('Name', 'thing')],
    ['$orderby=', problems.expressionExpected(0, '')],
    ['$orderby=name down', problems.syntax(0, 'name down')],
    ['$orderby=id,name asc desc', problems.syntax(3, 'id,name asc desc')],
    ['$orderby=Name', problems.unknownProperty('Name', 'thing')],
    ['$orderby=name,name desc', problems.repeatedOrder('name')],
    ['$orderby=_owner_value', problems.orderByLookup('_owner_value')],
    ['$orderby=notes', problems.orderByMemo('notes')],
    ['$skiptoken=', problems.skipToken()],
    ['$skiptoken=<cookie/>', problems.skipToken()],
    ['x='.padEnd(queryLimit + 1, 'x'), problems.uriTooLong(queryLimit)],
  ])('refuses %s', (query, expected) => {
    expect(problem(query)).toEqual(expected);
  });

  it('reads what is supported, encoded or not, and leaves custom options alone', () => {
    const result = readQuery(
      '%24select=name,%20id&$filter=name+eq+%27a%26b%27&$orderby=@o%20desc,id&@o=name&$top=7&$count=true&tag=x&',
      schema,
      undefined,
    );
    expect(result).toMatchObject({
      ok: true,
      value: {
        select: [{ name: 'name' }, { name: 'id' }],
        filter: { kind: 'test', operands: ['a&b'] },
        order: [
          { column: { name: 'name' }, descending: true },
          { column: { name: 'id' }, descending: false },
        ],
        limit: 7,
        last: true,
        count: true,
      },
    });
  });

  it('takes * for all columns', () => {
    expect(readQuery('$select=*', schema, undefined)).toMatchObject({
      ok: true,
      value: { select: undefined },
    });
  });

  it('limits a page to 5000 rows and lets the page size prevail over $top', () => {
    expect(readQuery('', schema, undefined)).toMatchObject({ ok: true, value: { limit: 5000, last: false } });
    expect(readQuery('$top=6000', schema, undefined)).toMatchObject({
      ok: true,
      value: { limit: 5000, last: false },
    });
    expect(readQuery('$top=0', schema, undefined)).toMatchObject({
      ok: true,
      value: { limit: 0, last: true },
    });
    expect(readQuery('$top=1', schema, 3)).toMatchObject({ ok: true, value: { limit: 3, last: false } });
    expect(readQuery('', schema, 9000)).toMatchObject({ ok: true, value: { limit: 5000 } });
  });
});

describe('readRowQuery', () => {
  it('takes $select and refuses the options of collections', () => {
    expect(readRowQuery('$select=name', schema)).toMatchObject({
      ok: true,
      value: { select: [{ name: 'name' }], expand: undefined },
    });
    expect(readRowQuery('$top=1', schema)).toEqual({ ok: false, error: problems.notACollection('$top') });
  });
});
