import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzipNow } from './inflate.ts';

const back = (bytes: Uint8Array, level: number): Buffer =>
  Buffer.from(gunzipNow(new Uint8Array(gzipSync(bytes, { level }))));

describe('unpacking without waiting', () => {
  it('gives back whatever was packed, by stored, fixed and dynamic blocks', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }).map((text) => Buffer.from(text.repeat(20))),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(0, 1, 6, 9), (one, level) => {
        expect(back(one, level).equals(one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back long texts, over several blocks', () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `{"n":${index * 7919}}`).join(',');
    for (const level of [0, 6]) expect(back(Buffer.from(text), level).toString()).toBe(text);
  });
});
