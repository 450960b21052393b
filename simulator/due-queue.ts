import { Heap } from './core/heap.ts';

/** Something that falls due: its promise, if any, is awaited by a virtual clock. */
export type Work = () => void | Promise<void> | undefined;

/** A piece of due work; `drop` takes it back. */
export interface Due {
  readonly drop: () => void;
}

/** The works of one instant in the order in which they were added. */
interface Bucket {
  readonly instant: number;
  readonly works: (Work | undefined)[];
  live: number;
}

/**
 * Due work, ordered by instant and within one instant by when it was added. One bucket an instant: a
 * million works of the same millisecond are taken at once, and an instant whose works were all
 * dropped leaves nothing behind but its number.
 */
export class DueQueue {
  #instants = new Heap<number>((a, b) => a < b);
  #buckets = new Map<number, Bucket>();

  /** Adds a work to the last of its instant. */
  add(instant: number, work: Work): Due {
    let bucket = this.#buckets.get(instant);
    if (bucket === undefined) {
      bucket = { instant, works: [], live: 0 };
      this.#buckets.set(instant, bucket);
      this.#instants.push(instant);
    }
    const at = bucket.works.push(work) - 1;
    bucket.live += 1;
    return new Added(this, bucket, at);
  }

  /** The instant of the first work; undefined if there is none. */
  next(): number | undefined {
    for (;;) {
      const instant = this.#instants.peek();
      if (instant === undefined || this.#buckets.has(instant)) return instant;
      this.#instants.pop();
    }
  }

  /**
   * Takes out all that is due at `instant`, in order. A work that is dropped after it was taken, but
   * before it is asked for, is passed over.
   */
  take(instant: number): Iterable<Work> {
    const taken: Bucket[] = [];
    for (let next = this.next(); next !== undefined && next <= instant; next = this.next()) {
      this.#instants.pop();
      const bucket = this.#buckets.get(next);
      if (bucket !== undefined) taken.push(bucket);
      this.#buckets.delete(next);
    }
    return worksOf(taken);
  }

  /** Drops everything. */
  clear(): void {
    this.#instants = new Heap<number>((a, b) => a < b);
    this.#buckets = new Map();
  }

  /** Takes a work back. */
  drop(bucket: Bucket, at: number): void {
    if (bucket.works[at] === undefined) return;
    bucket.works[at] = undefined;
    bucket.live -= 1;
    if (bucket.live === 0 && this.#buckets.get(bucket.instant) === bucket)
      this.#buckets.delete(bucket.instant);
  }
}

/** A work that was added: an object of a class, since there is one for each operation. */
class Added implements Due {
  readonly #queue: DueQueue;
  readonly #bucket: Bucket;
  readonly #at: number;

  constructor(queue: DueQueue, bucket: Bucket, at: number) {
    this.#queue = queue;
    this.#bucket = bucket;
    this.#at = at;
  }

  drop(): void {
    this.#queue.drop(this.#bucket, this.#at);
  }
}

function* worksOf(buckets: readonly Bucket[]): Generator<Work, void> {
  for (const { works } of buckets) {
    for (let at = 0; at < works.length; at += 1) {
      const work = works[at];
      // Freed at once: what it holds is not needed until all of its instant is done.
      works[at] = undefined;
      if (work !== undefined) yield work;
    }
  }
}
