import { describe, expect, it } from 'vitest';
import { UsageError } from '../terminal.ts';
import { blobName, givenShards } from './shards.ts';

const blobs = (...shards: [number, number][]): string[] =>
  shards.map(([number, of]) => blobName({ number, of }));

describe('the shards that are joined', () => {
  it('are known by the names of their blobs', () => {
    expect(givenShards(blobs([2, 2], [1, 2]))).toEqual({ given: [1, 2], missing: [], of: 2 });
    expect(givenShards(blobs([10, 11], [2, 11]))).toMatchObject({
      given: [2, 10],
      missing: [1, 3, 4, 5, 6, 7, 8, 9, 11],
    });
  });

  it('are not known by other names', () => {
    expect(givenShards(['report.zip'])).toBeUndefined();
    expect(givenShards([])).toBeUndefined();
  });

  it('are of one run, each once', () => {
    expect(() => givenShards(blobs([1, 2], [2, 3]))).toThrow(UsageError);
    expect(() => givenShards(blobs([1, 2], [1, 2]))).toThrow('shard 1 of 2 was given twice');
  });
});
