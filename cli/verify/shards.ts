import type { Shard } from './options.ts';
import { UsageError } from '../terminal.ts';

/** The file name of a shard's blob, from which the merge knows whether it has them all. */
export function blobName({ number, of }: Shard): string {
  return `shard-${number}-of-${of}.zip`;
}

const blobPattern = /^shard-(\d+)-of-(\d+)\.zip$/;

/** Whether a file has the name of a shard's blob. */
export function isBlobName(name: string): boolean {
  return blobPattern.test(name);
}

/** Which shards of a run were given, and which were not. */
export interface GivenShards {
  readonly given: readonly number[];
  readonly missing: readonly number[];
  readonly of: number;
}

/**
 * Reads off the names of blobs which shards they are; undefined where a name tells nothing.
 *
 * @throws UsageError where one is given twice, or where they are of runs that were split differently
 */
export function givenShards(names: readonly string[]): GivenShards | undefined {
  const found = names.map((name) => blobPattern.exec(name));
  if (found.length === 0 || found.some((match) => match === null)) return undefined;
  const shards = found.map((match) => ({ number: Number(match?.[1]), of: Number(match?.[2]) }));
  const [{ of } = { of: 0 }] = shards;
  const other = shards.find((shard) => shard.of !== of);
  if (other !== undefined)
    throw new UsageError(
      `one part is of a run in ${of} shards, another of one in ${other.of}: join one run.`,
    );
  const given = shards.map(({ number }) => number).sort((a, b) => a - b);
  const twice = given.find((number, index) => given[index + 1] === number);
  if (twice !== undefined)
    throw new UsageError(`shard ${twice} of ${of} was given twice. Give each part of the run once.`);
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (number) => !given.includes(number),
  );
  return { given, missing, of };
}
