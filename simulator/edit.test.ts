import { describe, expect, it } from 'vitest';
import { editJson, editQuery, editRows, withHeader, withJson, withoutHeader } from './edit.ts';
import { headerOf } from './plain.ts';

const answer = { status: 200, headers: [['X-A', '1']] as const, body: '{"value":[{"a":1},{"a":2}],"b":1}' };
const request = {
  method: 'GET',
  path: '/',
  query: '%24filter=a%20eq%20%27x+y%27&$top=1&plain',
  origin: '',
  headers: {},
  prefer: [],
  body: '',
};

describe('the tools of deviations', () => {
  it('edit JSON in place or replace it, and leave anything else', () => {
    expect(editJson(answer, () => ({ c: 1 })).body).toBe('{"c":1}');
    const dropped = editJson(answer, (json) => {
      delete json.value;
      return undefined;
    });
    expect(dropped.body).toBe('{"b":1}');
    expect(editJson({ ...answer, body: 'text' }, () => ({})).body).toBe('text');
  });

  it('edit every row of a collection, or the only one', () => {
    expect(editRows(answer, () => ({ z: 0 })).body).toBe('{"value":[{"z":0},{"z":0}],"b":1}');
    expect(editRows({ ...answer, body: '{"a":1}' }, () => ({ z: 0 })).body).toBe('{"z":0}');
  });

  it('add, replace and drop headers whatever their casing', () => {
    expect(headerOf(withHeader(answer, 'x-a', '2'), 'X-A')).toBe('2');
    expect(withoutHeader(answer, 'x-a').headers).toEqual([]);
    expect(withJson(answer, 400, { e: 1 })).toMatchObject({ status: 400, body: '{"e":1}' });
  });

  it('edit the options of a query', () => {
    const edited = editQuery(request, '$filter', (filter) => `${filter} or true`);
    expect(decodeURIComponent(edited.query)).toBe("$filter=a eq 'x y' or true&$top=1&plain");
    expect(editQuery(request, '$top', () => undefined).query).toBe('%24filter=a%20eq%20%27x+y%27&plain');
    expect(editQuery(request, '$skip', () => 'x').query).toBe(request.query);
  });
});
