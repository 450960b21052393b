import { describe, expect, it } from 'vitest';
import { readBody } from './body.ts';

describe('a body', () => {
  it('of millions of levels is refused before anything is built from it', () => {
    const levels = 4_000_000;
    const body = `{"Payload":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const before = process.memoryUsage().heapUsed;
    expect(readBody(body).error).toBeDefined();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  it('may have many brackets in a text, many members, and 200 levels', () => {
    const texts = { a: '"\\'.repeat(500) + '['.repeat(1_000), b: Array.from({ length: 1_000 }, () => ({})) };
    expect(readBody(JSON.stringify(texts)).value).toEqual(texts);
    expect(readBody(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`).error).toBeUndefined();
    expect(readBody(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`).error).toBeDefined();
  });

  it('has 100,000 members of objects at most, of lists and texts any number', () => {
    const members = (count: number): string =>
      `{"a":[${Array.from({ length: count - 1 }, () => '{"b":":"}').join(',')}]}`;
    expect(readBody(members(100_000)).error).toBeUndefined();
    expect(readBody(members(100_001)).error?.message).toContain('at most 100000 members');
    expect(readBody(`{"a":["${':'.repeat(200_000)}"${',1'.repeat(200_000)}]}`).error).toBeUndefined();
  });

  it('may begin with a byte order mark', () => {
    expect(readBody('\uFEFF{"a":1}').value).toEqual({ a: 1 });
  });
});
