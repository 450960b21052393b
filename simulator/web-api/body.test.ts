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

  it('may have many brackets in a text, as many members as it likes, and 200 levels', () => {
    const texts = { a: '"\\'.repeat(500) + '['.repeat(1_000), b: Array.from({ length: 1_000 }, () => ({})) };
    expect(readBody(JSON.stringify(texts)).value).toEqual(texts);
    expect(readBody(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`).error).toBeUndefined();
    expect(readBody(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`).error).toBeDefined();
  });

  it('may begin with a byte order mark', () => {
    expect(readBody('\uFEFF{"a":1}').value).toEqual({ a: 1 });
  });
});
